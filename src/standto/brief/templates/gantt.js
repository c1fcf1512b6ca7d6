// The Gantt: sorted and searched; a large list is turned over by the thousand and drawn as it comes into sight.
{
  const gantt = document.getElementById("gantt");
  const find = document.getElementById("find"), sort = document.getElementById("sort"), found = document.getElementById("found");
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
    const body = gantt.tBodies[0];
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
  const TEXTURED = new Set(["late", "sea", "rail", "road", "ready"]), LEGS = new Set(["air", "sea", "rail", "road", "other"]);
  const strip = (pieces, due, close) => {
    const made = drawn("svg", { class: "strip", "aria-hidden": "true", focusable: "false" });
    for (const [which, x, width, lane = 0, lanes = 1] of pieces) {
      const kind = data.kinds[which];
      const rect = drawn("rect", { x: `${x / 10}%`, width: `${Math.max(width, 1.5) / 10}%`, class: `p ${kind}` });
      if (TEXTURED.has(kind)) rect.setAttribute("fill", `url(#t-${kind})`);
      if (LEGS.has(kind)) {
        rect.setAttribute("y", 9 + (14 / lanes) * lane);
        rect.setAttribute("height", 14 / lanes - (lanes > 1 ? 0.5 : 0));
      }
      made.append(rect);
    }
    for (const [where, look, shape] of [[due, "f-due", "M-4 0H4L0 6Z"], [close, "f-close", "M0 10L6 16L0 22L-6 16Z"]]) {
      if (where === null) continue;
      const flag = drawn("svg", { x: `${where / 10}%`, overflow: "visible" });
      flag.append(drawn("path", { d: shape, class: look }));
      made.append(flag);
    }
    return made;
  };
  const build = (row, index) => {
    const figure = (what, words, value) => {
      const node = cell("data", words);
      node.className = "n";
      node.dataset.ref = `${what}.${row.id}`;
      node.value = value;
      if (what === "close") { node.dataset.hour = "near"; writeHour(node); }
      return live(node);
    };
    const [id, name, nation, load, closes, late, , , due, close, pieces, way] = row.data;
    const bold = live(cell("b", name));
    bold.dataset.open = "problem.requirements";
    bold.dataset.key = id;
    const head = cell("th", bold, soft([nation, load, way].filter(Boolean).join(" · "), "soft"));
    head.scope = "row";
    const bars = cell("td", strip(pieces, due, close), soft(data.why[id] || "", "soft cause"));
    bars.className = "bars";
    const end = cell("td", closes ? figure("close", closes, row.close) : soft("not delivered", "lateword"));
    if (late) {
      const word = soft("late ", "lateword");
      word.append(figure("late", late, row.late));
      end.append(word);
    }
    end.className = "r";
    const node = cell("tr", head, bars, end);
    node.dataset.id = id;
    node.setAttribute("aria-rowindex", index + 2);
    return node;
  };

  const large = () => {
    const rows = data.rows.map((one) => ({
      data: one, id: one[0], name: one[1], nation: one[2], late: one[7] === null ? 1e9 : one[6], close: one[7] === null ? 1e9 : one[7],
      words: [one[1], one[2], one[0], one[11], data.why[one[0]]].join(" ").toLowerCase(),
    }));
    const size = Number(gantt.dataset.large), chunk = Number(gantt.dataset.chunk);
    const pagers = [...document.querySelectorAll(".pager")];
    let shown = rows, page = 1, pages = 1, rowHeight = 58;

    // Rows stand in bodies of so many; one out of sight is an empty row as high as it would be.
    const fill = (body) => {
      if (!body.waiting) return;
      const { slice, from } = body.waiting;
      body.waiting = null;
      body.replaceChildren(...slice.map((row, index) => build(row, from + index)));
      rowHeight = body.getBoundingClientRect().height / slice.length || rowHeight;
    };
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) { seen.unobserve(entry.target); fill(entry.target); }
    }, { rootMargin: "1600px 0px" });
    const held = (slice, from) => {
      const body = document.createElement("tbody"), gap = cell("td");
      body.waiting = { slice, from };
      gap.colSpan = 3;
      gap.style.height = `${slice.length * rowHeight}px`;
      const line = cell("tr", gap);
      line.className = "spacer hold";
      line.setAttribute("aria-hidden", "true");
      body.append(line);
      return body;
    };
    const turn = (to) => {
      page = Math.min(pages, Math.max(1, Math.round(to) || 1));
      const from = (page - 1) * size, slice = shown.slice(from, from + size);
      for (const body of [...gantt.tBodies]) { seen.unobserve(body); body.remove(); }
      const bodies = [];
      for (let start = 0; start < slice.length || start === 0; start += chunk) bodies.push(held(slice.slice(start, start + chunk), from + start));
      gantt.append(...bodies);
      fill(bodies[0]);
      for (const body of bodies.slice(1)) seen.observe(body);
      gantt.setAttribute("aria-rowcount", shown.length + 1);
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
    addEventListener("beforeprint", () => { for (const body of [...gantt.tBodies].slice(0, 4)) fill(body); });
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
