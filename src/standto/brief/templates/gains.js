// Who gains and who loses: sorted and searched; a large list is drawn from data, a few hundred rows at a time.
const gainsTable = document.getElementById("gains-rows");
if (gainsTable) {
  const find = document.getElementById("find"), sort = document.getElementById("sort"), found = document.getElementById("found");
  const body = gainsTable.tBodies[0], more = document.getElementById("gains-more");
  const text = (a, b) => a.localeCompare(b, "en", { numeric: true });
  const orders = {
    gain: (a, b) => b.hours - a.hours || text(a.id, b.id),
    loss: (a, b) => a.hours - b.hours || text(a.id, b.id),
    name: (a, b) => text(a.name, b.name),
  };
  const cell = (name, look, ...children) => {
    const node = document.createElement(name);
    if (look) node.className = look;
    node.append(...children);
    return node;
  };
  const figure = (ref, value, words, hour) => {
    if (value === null) return words;
    const node = cell("data", "n", words);
    node.dataset.ref = ref;
    node.setAttribute("value", value);
    if (hour) {
      node.dataset.hour = "near";
      writeHour(node);
    }
    return live(node);
  };
  const build = ([id, name, load, gain, a, b, words, why, [x, width, look]]) => {
    const unit = cell("b", "", name), head = cell("th", "", unit), bar = drawn("svg", { class: "bar diverge", "aria-hidden": "true", focusable: "false" });
    unit.dataset.open = data.opens;
    unit.dataset.key = id;
    live(unit);
    head.scope = "row";
    if (load) head.append(cell("span", "soft say", load));
    bar.append(drawn("rect", { x: `${x / 10}%`, width: `${width / 10}%`, y: 2, height: 12, class: look }), drawn("line", { x1: "50%", x2: "50%", y1: 0, y2: 16, class: "base" }));
    return cell("tr", "", head, cell("td", "barcol", bar), cell("td", "r", figure(`gain.${id}`, gain, words)), cell("td", "r of-first", figure(`a.close.${id}`, a, "not delivered", true)), cell("td", "r of-second", figure(`b.close.${id}`, b, "not delivered", true)), cell("td", "why-cell", why));
  };
  const rows = data.gains
    ? data.gains.map((one) => ({ id: one[0], name: one[1], hours: one[3] ?? (one[4] === null ? 1e9 : -1e9), words: `${one[1]} ${one[0]} ${one[2]} ${one[7]}`.toLowerCase(), node: () => build(one) }))
    : [...body.rows].map((node) => ({ id: node.dataset.id, name: node.dataset.name, hours: Number(node.dataset.hours), words: `${node.textContent} ${node.dataset.id}`.toLowerCase(), node: () => node }));
  const step = Number(gainsTable.dataset.large) || rows.length;
  let shown = rows, done = 0;
  const add = () => {
    body.append(...shown.slice(done, done + step).map((row) => row.node()));
    done = Math.min(shown.length, done + step);
    if (!more) return;
    more.hidden = done >= shown.length;
    more.textContent = `Show ${number(Math.min(step, shown.length - done))} more of ${number(shown.length - done)}`;
    document.getElementById("gains-span").textContent = `${number(done)} of ${number(shown.length)} changes shown`;
  };
  const refresh = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = rows.filter((row) => words.every((word) => row.words.includes(word))).sort(orders[sort.value]);
    body.replaceChildren();
    done = 0;
    add();
    found.textContent = shown.length === rows.length ? `${number(rows.length)} rows` : `${number(shown.length)} of ${number(rows.length)} rows`;
  };
  let waiting = 0;
  find.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 80); });
  sort.addEventListener("change", refresh);
  more?.addEventListener("click", add);
  for (const tools of document.querySelectorAll("#gains .tools")) tools.hidden = false;
  refresh();
}
