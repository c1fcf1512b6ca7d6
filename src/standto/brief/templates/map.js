// The map at any hour: where every unit stands, what is under way, how full every place is.
if (data.map) {
  const map = data.map;
  const time = document.getElementById("time"), play = document.getElementById("play"), whole = document.getElementById("whole");
  const read = document.getElementById("hour"), said = document.getElementById("said");
  const states = [...document.querySelectorAll(".states b")];
  const LOOKS = ["home", "alert", "preparing", "ready", "way", "place"], IN_PLACE = 5;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const SECONDS = 24, STEPS = 24;
  const rows = [...document.querySelectorAll("#unit-states tbody tr")].map((row) => ({ cells: [...row.cells].slice(1), enters: row.dataset.enters.trim().split(" ").map(Number) }));

  // The slider runs over a thousandth of its way; the time before C-hour takes the share that `bend` gives it.
  const hourAt = (share) => {
    if (share < map.bend) return map.first * (1 - share / map.bend);
    const start = Math.max(0, map.first);
    return start + ((share - map.bend) / (1 - map.bend)) * (map.last - start);
  };
  const shareAt = (hour) => {
    if (hour < 0 && map.first < 0) return map.bend * (hour - map.first) / -map.first;
    const start = Math.max(0, map.first);
    return map.bend + (1 - map.bend) * (hour - start) / (map.last - start);
  };
  const moment = (at) => (epoch === null || writing === "dtg" ? hourText(at) : `${hourText(at)} · ${HOUR_TEXTS.dtg(Math.round(at))}`);
  const never = (hour) => (hour === null ? Infinity : hour);
  const units = map.units.map(([home, goal, ...hours]) => {
    const [alert, order, ready, away, close, left, there] = hours.map(never);
    return { home, goal, enters: [alert, order, ready, away, close], left, there };
  });
  const stateOf = (enters, hour) => { let state = 0; while (state < 5 && enters[state] <= hour) state++; return state; };

  const size = units.reduce((most, unit) => Math.max(most, unit.home, unit.goal), -1) + 1;
  const members = new Array(size).fill(0);
  for (const unit of units) if (unit.goal >= 0) members[unit.goal]++;

  const windows = [...document.querySelectorAll("#map svg.chart.map:not(.small)")].map((svg) => ({
    svg,
    cells: [...svg.querySelectorAll("[data-cell]")].map((node) => ({
      node, cell: Number(node.dataset.cell), goal: node.classList.contains("goal"), foot: Number(node.dataset.foot), frame: Number(node.dataset.frame),
      real: node.querySelector(".real"), plan: node.querySelector(".plan"), words: node.querySelector("text"), bar: node.querySelector(".bar-of"),
      before: { words: node.querySelector("text").textContent },
    })),
    ways: [...svg.querySelectorAll("[data-way]")].map((path) => ({ path, group: path.parentNode, way: Number(path.dataset.way), mode: path.classList[1], line: null })),
    places: [...svg.querySelectorAll("[data-place]")].map((node) => ({ node, levels: map.levels[node.dataset.place] || "", before: node.getAttribute("class") })),
    moving: [...svg.querySelectorAll(".moving")],
  }));
  // A way's line is measured once, where it is first needed.
  const POINTS = 48;
  const point = (way, share) => {
    if (!way.line) {
      const length = way.path.getTotalLength();
      way.line = Array.from({ length: POINTS + 1 }, (_, index) => way.path.getPointAtLength((length * index) / POINTS));
    }
    const at = share * POINTS, first = Math.min(POINTS - 1, Math.floor(at)), rest = at - first;
    const a = way.line[first], b = way.line[first + 1];
    return `M${(a.x + rest * (b.x - a.x)).toFixed(1)} ${(a.y + rest * (b.y - a.y)).toFixed(1)}h.01`;
  };
  const show = (node, shown) => { if (node) { if (shown) node.removeAttribute("display"); else node.setAttribute("display", "none"); } };
  const bar = (one, shares) => {
    let x = 1;
    one.bar.replaceChildren(...shares.filter(([, share]) => share > 0).map(([look, share]) => {
      const rect = drawn("rect", { class: `s ${look}`, x: x.toFixed(1), y: one.foot + 1.5, width: (share * one.frame).toFixed(1), height: 4 });
      x += share * one.frame;
      return rect;
    }));
  };

  const draw = (hour) => {
    const counts = new Array(6).fill(0);
    const cells = Array.from({ length: size }, () => ({ states: new Array(6).fill(0), left: 0, here: 0, coming: 0 }));
    for (const unit of units) {
      const state = stateOf(unit.enters, hour);
      counts[state]++;
      if (unit.home >= 0 && hour < unit.left) { cells[unit.home].left++; cells[unit.home].states[state]++; }
      if (unit.goal >= 0) {
        if (state === IN_PLACE) cells[unit.goal].here++;
        else if (unit.there <= hour) cells[unit.goal].coming++;
      }
    }
    for (const view of windows) {
      if (!view.svg.getClientRects().length) continue;
      view.svg.classList.add("timed");
      for (const one of view.cells) {
        const now = cells[one.cell];
        if (one.goal) {
          const all = members[one.cell], there = now.here + now.coming > 0;
          show(one.real, there);
          show(one.plan, !there);
          one.words.textContent = all > 1 ? `${number(now.here)}/${number(all)}` : "";
          bar(one, [["place", now.here / all], ["way", now.coming / all]]);
        } else {
          show(one.node, now.left > 0);
          one.words.textContent = now.left > 1 ? number(now.left) : "";
          bar(one, LOOKS.map((look, state) => [look, now.states[state] / now.left]).reverse());
        }
      }
      const dots = {};
      for (const way of view.ways) {
        const legs = map.legs[way.way];
        let live = false;
        for (let index = 0; index < legs.length && legs[index] <= hour; index += 2) {
          if (hour >= legs[index + 1]) continue;
          live = true;
          (dots[way.mode] = dots[way.mode] || []).push(point(way, (hour - legs[index]) / (legs[index + 1] - legs[index])));
        }
        way.group.classList.toggle("live", live);
      }
      for (const path of view.moving) {
        const mode = path.classList[1] === "rim" ? path.nextElementSibling.classList[1] : path.classList[1];
        path.setAttribute("d", (dots[mode] || []).join(""));
      }
      const at = Math.floor(hour);
      for (const place of view.places) place.node.setAttribute("class", place.before.replace(/q\d/, `q${(at >= 0 && place.levels[at]) || 0}`));
    }
    return counts;
  };

  let hour = null, frame = 0, last = 0, spoken = 0;
  const tell = (counts) => {
    const words = counts.map((count, state) => (count ? `${number(count)} ${map.states[state]}` : "")).filter(Boolean).join(", ");
    read.textContent = moment(hour);
    time.setAttribute("aria-valuetext", `${moment(hour)}: ${words}`);
    states.forEach((node, state) => { node.textContent = number(counts[state]); });
    for (const row of rows) {
      const state = stateOf(row.enters, hour);
      row.cells.forEach((cell, index) => cell.classList.toggle("now", index === state - 1));
    }
    return words;
  };
  const set = (to, quietly) => {
    hour = Math.min(map.last, Math.max(map.first, to));
    time.value = Math.round(1000 * shareAt(hour));
    whole.setAttribute("aria-pressed", "false");
    const words = tell(draw(hour));
    clearTimeout(spoken);
    if (!quietly) spoken = setTimeout(() => { said.textContent = `${moment(hour)}: ${words}`; }, 400);
  };
  const overview = () => {
    stop();
    clearTimeout(spoken);
    hour = null;
    for (const view of windows) {
      view.svg.classList.remove("timed");
      for (const one of view.cells) {
        one.node.removeAttribute("display");
        show(one.real, !one.goal);
        show(one.plan, one.goal);
        one.words.textContent = one.before.words;
        one.bar.replaceChildren();
      }
      for (const way of view.ways) way.group.classList.remove("live");
      for (const path of view.moving) path.setAttribute("d", "");
      for (const place of view.places) place.node.setAttribute("class", place.before);
    }
    for (const node of states) node.textContent = "";
    for (const row of rows) for (const cell of row.cells) cell.classList.remove("now");
    time.value = 0;
    time.setAttribute("aria-valuetext", "The whole move");
    read.textContent = said.textContent = "The whole move";
    whole.setAttribute("aria-pressed", "true");
  };
  const pressed = (on) => {
    play.setAttribute("aria-pressed", String(on));
    play.lastChild.textContent = on ? " Pause" : " Play";
    play.firstChild.textContent = on ? "❚❚" : "▶";
  };
  const stop = () => {
    if (!frame) return;
    clearTimeout(frame);
    cancelAnimationFrame(frame);
    frame = 0;
    pressed(false);
    if (hour !== null) set(hour);
  };
  // Where the reader asked for less motion, playing goes from still picture to still picture.
  const later = (next) => { frame = still.matches ? setTimeout(() => next(performance.now()), (1000 * SECONDS) / STEPS) : requestAnimationFrame(next); };
  const step = (now) => {
    const share = shareAt(hour) + Math.min(still.matches ? 1 / STEPS : 0.02, (now - last) / (1000 * SECONDS));
    last = now;
    set(hourAt(Math.min(1, share)), true);
    if (share >= 1) stop(); else later(step);
  };
  play.addEventListener("click", () => {
    if (frame) { stop(); return; }
    if (hour === null || hour >= map.last) set(map.first, true);
    pressed(true);
    last = performance.now();
    later(step);
  });
  time.addEventListener("input", () => { stop(); set(hourAt(time.value / 1000)); });
  time.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -6, ArrowDown: -6, ArrowRight: 6, ArrowUp: 6, PageDown: -24, PageUp: 24 }[event.key];
    const to = { Home: map.first, End: map.last }[event.key];
    if (by === undefined && to === undefined) return;
    event.preventDefault();
    stop();
    set(to !== undefined ? to : hour === null ? map.first : Math.round(hour / 6) * 6 + by);
  });
  whole.addEventListener("click", overview);
  addEventListener("resize", () => { if (hour !== null) set(hour, true); });
  addEventListener("beforeprint", overview);
  document.addEventListener("times", () => { if (hour !== null) set(hour, true); });
  document.getElementById("clock").hidden = false;
  overview();
}
