{
  const gantt = document.getElementById("gantt");
  const find = document.getElementById("find"), sort = document.getElementById("sort"), found = document.getElementById("found");
  const body = gantt.tBodies[0];
  const text = (a, b) => a.localeCompare(b, "en", { numeric: true });
  const orders = {
    late: (a, b) => b.late - a.late || b.close - a.close || text(a.id, b.id),
    close: (a, b) => a.close - b.close || text(a.id, b.id),
    nation: (a, b) => text(a.nation, b.nation) || a.close - b.close || text(a.id, b.id),
    name: (a, b) => text(a.name, b.name),
  };
  const wanted = (rows) => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    return rows.filter((row) => words.every((word) => row.words.includes(word))).sort(orders[sort.value]);
  };
  const say = (rows, all) => { found.textContent = rows.length === all ? `${number(all)} rows` : `${number(rows.length)} of ${number(all)} rows`; };
  for (const tools of document.querySelectorAll(".tools")) tools.hidden = false;

  const small = () => {
    const rows = [...body.rows].map((node) => ({
      node, id: node.dataset.id, name: node.dataset.name, nation: node.dataset.nation,
      late: Number(node.dataset.late), close: Number(node.dataset.close),
      words: `${node.dataset.name} ${node.dataset.nation} ${node.dataset.id}`.toLowerCase(),
    }));
    return () => {
      const shown = wanted(rows);
      body.replaceChildren(...shown.map((row) => row.node));
      say(shown, rows.length);
    };
  };

  const cell = (name, ...children) => { const node = document.createElement(name); node.append(...children); return node; };
  const soft = (words, look) => { const node = document.createElement("span"); node.className = look; node.textContent = words; return node; };
  const TEXTURED = new Set(["late", "sea", "rail", "road", "ready"]);
  const build = (row) => {
    const figure = (what, words, value) => {
      const node = cell("data", words);
      node.className = "n";
      node.dataset.ref = `${what}.${row.id}`;
      node.value = value;
      return node;
    };
    const [id, name, nation, load, closes, late, , , due, close, pieces, way] = row.data;
    const strip = drawn("svg", { class: "strip", "aria-hidden": "true", focusable: "false" });
    for (const [kind, x, width] of pieces) {
      const rect = drawn("rect", { x: `${x / 10}%`, width: `${Math.max(width, 1.5) / 10}%`, class: `p ${kind}` });
      if (TEXTURED.has(kind)) rect.setAttribute("fill", `url(#t-${kind})`);
      strip.append(rect);
    }
    for (const [where, look, shape] of [[due, "f-due", "M-4 0H4L0 6Z"], [close, "f-close", "M0 9L6 15L0 21L-6 15Z"]]) {
      if (where === null) continue;
      const flag = drawn("svg", { x: `${where / 10}%`, overflow: "visible" });
      flag.append(drawn("path", { d: shape, class: look }));
      strip.append(flag);
    }
    const bold = cell("b", name);
    const head = cell("th", bold, soft([nation, load, way].filter(Boolean).join(" · "), "soft"));
    head.scope = "row";
    const bars = cell("td", strip, soft(data.why[id] || "", "soft cause"));
    bars.className = "bars";
    const end = cell("td", closes ? figure("close", closes, row.close) : soft("not delivered", "lateword"));
    if (late) end.append(soft("late ", "lateword"));
    if (late) end.lastChild.append(figure("late", late, row.late));
    end.className = "r";
    const node = cell("tr", head, bars, end);
    node.dataset.id = id;
    return node;
  };

  const large = () => {
    const rows = data.rows.map((one) => ({
      data: one, id: one[0], name: one[1], nation: one[2], late: one[7] === null ? 1e9 : one[6], close: one[7] === null ? 1e9 : one[7],
      words: [one[1], one[2], one[0], one[11], data.why[one[0]]].join(" ").toLowerCase(),
    }));
    const size = Number(gantt.dataset.large);
    const pagers = [...document.querySelectorAll(".pager")];
    let shown = rows, page = 1, pages = 1;
    const turn = (to) => {
      page = Math.min(pages, Math.max(1, Math.round(to) || 1));
      const from = (page - 1) * size, slice = shown.slice(from, from + size);
      body.replaceChildren(...slice.map(build));
      const part = slice.length ? `rows ${number(from + 1)} to ${number(from + slice.length)} of ${number(shown.length)}` : "no rows";
      document.getElementById("span").textContent = shown.length < rows.length ? `${part} found, of ${number(rows.length)}` : part;
      say(shown, rows.length);
      if (pages > 1) found.append(`, ${number(from + 1)} to ${number(from + slice.length)} shown`);
      for (const pager of pagers) {
        pager.hidden = pages < 2;
        pager.querySelector(".pages").textContent = number(pages);
        const input = pager.querySelector("input");
        input.value = page;
        input.max = pages;
        for (const button of pager.querySelectorAll("button")) {
          button.setAttribute("aria-disabled", page === (["first", "back"].includes(button.dataset.to) ? 1 : pages));
        }
      }
    };
    const toTop = () => { if (gantt.getBoundingClientRect().top < 0) document.getElementById("units").scrollIntoView(); };
    for (const pager of pagers) {
      pager.addEventListener("click", (event) => {
        const to = { first: 1, back: page - 1, next: page + 1, last: pages }[event.target.dataset.to];
        if (to === undefined) return;
        turn(to);
        toTop();
      });
      pager.addEventListener("change", (event) => { turn(event.target.value); toTop(); });
    }
    return () => {
      shown = wanted(rows);
      pages = Math.max(1, Math.ceil(shown.length / size));
      turn(1);
    };
  };

  const refresh = gantt.hasAttribute("data-large") ? large() : small();
  let waiting = 0;
  find.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 80); });
  sort.addEventListener("change", refresh);
  refresh();
}
