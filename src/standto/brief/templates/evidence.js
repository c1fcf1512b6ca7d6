// Figures open their evidence: the rows they rest on, picked from tables that are unpacked when first asked for.
{
  const MOST = 60;
  const page = document.getElementById("evidence-panel");
  const trail = [];
  let unpacked = null;

  const unpack = () => {
    unpacked ??= (async () => {
      const packed = Uint8Array.from(atob(document.getElementById("evidence").textContent), (letter) => letter.charCodeAt(0));
      const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
      const held = JSON.parse(await new Response(stream).text());
      for (const table of Object.values(held.tables)) decode(table);
      return held;
    })();
    return unpacked;
  };

  const decode = (table) => {
    table.at = new Map(table.columns.map(([key], index) => [key, index]));
    table.length = table.data.length ? table.data[0].length : 0;
    const since = table.columns.flatMap(([, , , , from], index) => (from ? [[index, table.at.get(from.replace("<", "")), from.startsWith("<")]] : []));
    for (let row = 0; row < table.length && since.length; row += 1) {
      for (const [index, from, before] of since) {
        const column = table.data[index], start = before ? (row ? table.data[from][row - 1] : 0) : table.data[from][row];
        if (column[row] !== null) column[row] = Math.round(column[row] + 1000 * (start || 0)) / 1000;
      }
    }
  };

  const holds = (value, sign, wanted) => {
    if (sign === "has") return Array.isArray(value) ? value.includes(wanted) : value === wanted;
    if (sign === "in") return wanted.includes(value);
    if (sign === "<=") return value !== null && value <= wanted + 1e-6;
    if (sign === ">" && wanted === "") return value !== null && value !== "";
    if (sign === ">") return value !== null && value > wanted + 1e-9;
    return wanted === "" ? value === null || value === "" : value === wanted;
  };
  const select = (table, where = []) => {
    const tests = where.map(([key, sign, wanted]) => [table.data[table.at.get(key)], sign, wanted]);
    const found = [];
    for (let row = 0; row < table.length; row += 1) if (tests.every(([column, sign, wanted]) => holds(column[row], sign, wanted))) found.push(row);
    return found;
  };

  // Where two plans are compared, tables stand once for each, under a name that starts with the plan's letter.
  const sideOf = (name) => (/^[ab]\./.test(name) ? name.slice(0, 2) : "");
  const bare = (name) => name.slice(sideOf(name).length);
  const sides = (name) => (sideOf(name) ? [sideOf(name), ""] : ["", ...(data.sides ?? [])]);
  // What belongs to a row of a table: asked for when somebody follows an id.
  const RELATED = {
    "problem.requirements": (id) => [["plan.requirements", "id", "=", id], ["plan.landings", "requirement", "=", id], ["without.landings", "requirement", "=", id], ["value.units", "requirement", "=", id], ["changes", "requirement", "=", id], ["plan.stops", "carries", "has", id]],
    "problem.places": (id) => [["scenario.places", "id", "=", id], ["plan.stops", "place", "=", id]],
    "problem.fleets": (id) => [["scenario.fleets", "id", "=", id], ["use", "id", "=", id], ["plan.stops", "fleet", "=", id]],
    "scenario.units": (id) => [["scenario.requirements", "unit", "=", id], ["scenario.alerts", "units", "has", id], ["scenario.packages", "units", "has", id]],
  };
  const follow = (ref, id) => {
    const plain = bare(ref), all = (rows) => sides(ref).flatMap((side) => rows.map(([table, ...condition]) => ({ table: side + table, where: [condition], also: Boolean(data.sides) })));
    if (plain === "plan.vehicle") return { title: id, path: `${sideOf(ref)}plan.vehicles[${id}]`, rows: all([["plan.stops", "vehicle", "=", id]]) };
    const rows = [{ table: ref, where: [["id", "=", id]] }, ...all(RELATED[plain]?.(id) ?? [])];
    return { title: id, path: `${ref}[${id}]`, rows };
  };

  const node = (name, look, ...children) => {
    const made = document.createElement(name);
    if (look) made.className = look;
    made.append(...children);
    return made;
  };
  const shown = (value, unit) => {
    if (value === null || value === "") return "–";
    if (typeof value !== "number") return String(value);
    return value.toLocaleString("en", { maximumFractionDigits: 3 });
  };
  const cell = (held, value, unit, ref) => {
    if (Array.isArray(value)) return value.length ? value.flatMap((one, index) => [index ? ", " : "", ...cell(held, one, unit, ref)]) : ["–"];
    if (bare(ref) === "scenario.sources" && value) {
      const table = held.tables[ref], row = table ? table.data[0].indexOf(value) : -1;
      const says = row < 0 ? "" : table.data[1][row];
      if (!/^https?:\/\//.test(says)) return [says ? `${value} (${says})` : value];
      const link = node("a", "", value);
      link.href = says;
      link.rel = "noreferrer noopener";
      link.target = "_blank";
      return [link];
    }
    const known = bare(ref) === "plan.vehicle" || held.tables[ref];
    if (!known || value === null || value === "") {
      const said = node("span", "", shown(value, unit));
      if (unit === "h after C-hour" && typeof value === "number") said.title = hourText(value);
      return [said];
    }
    const button = node("button", "ref", String(value));
    button.type = "button";
    button.addEventListener("click", () => show(follow(ref, value)));
    return [button];
  };
  const folded = (table, rows, { fold, column }) => {
    if (!fold) return null;
    if (fold === "count") return ["How many of these rows", rows.length, ""];
    const [, name, unit] = table.columns[table.at.get(column)];
    const values = rows.map((row) => table.data[table.at.get(column)][row]).filter((value) => value !== null);
    const result = fold === "sum" ? values.reduce((sum, value) => sum + value, 0) : values.reduce((most, value) => Math.max(most, value), -Infinity);
    return [`${fold === "sum" ? "Sum" : "Largest"} of ${name}`, result, unit];
  };

  const block = (held, wanted) => {
    const table = held.tables[wanted.table];
    if (!table) return null;
    const rows = select(table, wanted.where);
    if (!rows.length && (wanted.also || RELATED_ONLY.has(bare(wanted.table)))) return null;
    const part = node("div", "rows");
    part.dataset.table = wanted.table;
    const head = node("h3", "", table.title, node("span", "soft", ` ${number(rows.length)} ${rows.length === 1 ? "row" : "rows"} · ${table.home}`));
    part.append(head);
    const result = folded(table, rows, wanted);
    if (result) {
      const line = node("p", "fold", `${result[0]}: `, node("b", "", shown(result[1], result[2])), result[2] ? ` ${result[2]}` : "");
      line.dataset.fold = result[1];
      part.append(line);
    }
    part.append(rows.length === 1 ? card(held, table, rows[0]) : grid(held, table, rows, wanted.column));
    return part;
  };
  const RELATED_ONLY = new Set(["without.landings", "value.units", "scenario.alerts", "scenario.packages", "plan.landings", "use"]);
  const card = (held, table, row) => {
    const list = node("dl", "one");
    table.columns.forEach(([, name, unit, ref], index) => {
      const value = table.data[index][row];
      if (value === null || value === "" || (Array.isArray(value) && !value.length)) return;
      list.append(node("div", "", node("dt", "", name, unit ? node("span", "soft", `, ${unit}`) : ""), node("dd", "", ...cell(held, value, unit, ref))));
    });
    return list;
  };
  const grid = (held, table, rows, marked) => {
    const used = table.columns.map((column, index) => [...column, index]).filter(([, , , , , index]) => rows.some((row) => { const value = table.data[index][row]; return value !== null && value !== "" && !(Array.isArray(value) && !value.length); }));
    const whole = node("table", "");
    const heads = node("tr", "");
    for (const [key, name, unit] of used) {
      const head = node("th", `${rows.some((row) => typeof table.data[table.at.get(key)][row] === "number") ? "r" : ""}${key === marked ? " marked" : ""}`, name, unit ? node("span", "soft unit", unit) : "");
      head.scope = "col";
      heads.append(head);
    }
    const body = node("tbody", "");
    let done = 0;
    const more = node("button", "more", "");
    more.type = "button";
    const add = () => {
      for (const row of rows.slice(done, done + MOST)) {
        const line = node("tr", "");
        for (const [key, , unit, ref, , index] of used) {
          const value = table.data[index][row];
          line.append(node("td", `${typeof value === "number" ? "r" : ""}${key === marked ? " marked" : ""}`, ...cell(held, value, unit, ref)));
        }
        body.append(line);
      }
      done = Math.min(rows.length, done + MOST);
      more.textContent = `Show ${number(Math.min(MOST, rows.length - done))} more of ${number(rows.length - done)}`;
      more.hidden = done >= rows.length;
    };
    whole.append(node("thead", "", heads), body);
    more.addEventListener("click", add);
    add();
    const scroll = node("div", "scroll", whole);
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", table.title);
    return rows.length ? node("div", "", scroll, more) : node("p", "note", "No row.");
  };

  const show = async (wanted, { fresh = true } = {}) => {
    document.documentElement.dataset.busy = "";
    const held = await unpack();
    delete document.documentElement.dataset.busy;
    if (fresh) trail.push(wanted);
    page.querySelector(".back").hidden = trail.length < 2;
    page.querySelector("h2").textContent = wanted.title;
    const path = page.querySelector(".path");
    path.textContent = wanted.path;
    page.querySelector(".how").textContent = wanted.how ?? "";
    page.querySelector(".id").textContent = wanted.id ? `In ${data.beside}: ${wanted.id}` : "";
    const body = page.querySelector(".body");
    const parts = withScenario(held, wanted.rows ?? []).map((rows) => block(held, rows)).filter(Boolean);
    body.replaceChildren(...(parts.length ? parts : [node("p", "note", "This figure rests on no single row; the section " + data.basis + " says how it is made.")]));
    if (!page.open) page.showModal();
    page.scrollTop = 0;
    page.querySelector("h2").focus();
  };
  const open = async (figure) => {
    const id = figure.dataset.ref;
    document.documentElement.dataset.busy = "";
    const held = await unpack();
    delete document.documentElement.dataset.busy;
    const known = held.figures[id];
    if (!known) return;
    trail.length = 0;
    const exact = known.unit === "h" || figure.dataset.hour ? ` · ${shown(known.value)} ${known.unit}` : known.unit && known.unit !== "share" ? ` ${known.unit}` : "";
    await show({ id, title: `${figure.textContent}${exact}`, ...known.source });
  };

  const HAVING = {
    "problem.requirements": (value) => [["scenario.requirements", value("row")], ["scenario.units", value("unit_row")]],
    "problem.places": (value) => [["scenario.places", value("id")]],
    "problem.fleets": (value) => [["scenario.fleets", value("id")]],
  };
  // A row of the problem brings the rows of the scenario that it was made from.
  const withScenario = (held, rows) => rows.flatMap((wanted) => {
    const table = held.tables[wanted.table], side = sideOf(wanted.table), having = HAVING[bare(wanted.table)], found = having && table ? select(table, wanted.where) : [];
    if (found.length !== 1) return [wanted];
    const value = (key) => (table.at.has(key) ? table.data[table.at.get(key)][found[0]] : "");
    return [wanted, ...having(value).map(([name, id]) => [side + name, id]).filter(([name, id]) => id && held.tables[name] && !rows.some((one) => one.table === name)).map(([name, id]) => ({ table: name, where: [["id", "=", id]], also: true }))];
  });
  for (const figure of document.querySelectorAll("data[data-ref],[data-open]")) live(figure);
  const opened = (element) => {
    if (element.dataset.ref) return open(element);
    trail.length = 0;
    return show({ ...follow(element.dataset.open, element.dataset.key), title: element.textContent });
  };
  document.addEventListener("click", (event) => {
    const figure = event.target.closest?.("[data-ref],[data-open]");
    if (figure && !page.contains(figure)) opened(figure);
  });
  document.addEventListener("keydown", (event) => {
    const figure = event.target.closest?.("[data-ref],[data-open]");
    if (!figure || page.contains(figure) || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    opened(figure);
  });
  page.querySelector(".back").addEventListener("click", () => { trail.pop(); show(trail.at(-1), { fresh: false }); });
  page.querySelector(".close").addEventListener("click", () => page.close());
  page.addEventListener("click", (event) => { if (event.target === page) page.close(); });
}
