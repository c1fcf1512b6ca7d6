// The closure curves: what is in place at the hour under the pointer, who closes then, and a domain or nation alone.
{
  const NEAR_PX = 7, MOST_NAMES = 5;
  const choice = document.getElementById("group");
  const chosen = () => {
    if (!choice?.value) return null;
    const [kind, index] = choice.value.split(":");
    return data.groups[kind][Number(index)];
  };
  const closes = () => {
    const group = chosen();
    return group ? data.closes.filter((row) => row[group.key === "nation" ? 2 : 3] === group.name) : data.closes;
  };
  const named = (hour) => {
    const there = closes().filter((row) => Math.abs(row[0] - hour) < 0.5).map((row) => row[1]);
    if (!there.length) return "";
    const rest = there.length - MOST_NAMES;
    return ` Closes then: ${there.slice(0, MOST_NAMES).join(", ")}${rest > 0 ? ` and ${number(rest)} more` : ""}.`;
  };
  const seriesOf = (key) => {
    const curve = data.curves[key], group = chosen(), steps = group?.[key.replace("in-place-", "")];
    return steps ? curve.series.map((one, index) => ({ ...one, steps: steps[index] })) : curve.series;
  };
  const redraws = [];
  for (const chart of document.querySelectorAll("svg[data-curve]")) {
    const key = chart.dataset.curve, curve = data.curves[key];
    const read = document.querySelector(`[data-read="${key}"]`);
    const [start, end, last] = chart.dataset.span.split(" ").map(Number);
    const [top, bottom] = chart.dataset.depth.split(" ").map(Number);
    const cursor = drawn("line", { class: "cursor", y1: top, y2: bottom, visibility: "hidden" });
    const plot = chart.querySelector(".plot"), original = [...plot.childNodes];
    chart.append(cursor);
    let hour = null;
    const show = (when) => {
      hour = Math.min(last, Math.max(0, when));
      const x = start + (hour / last) * (end - start);
      cursor.setAttribute("x1", x);
      cursor.setAttribute("x2", x);
      cursor.setAttribute("visibility", "visible");
      read.replaceChildren(`${hourText(hour)}: `);
      seriesOf(key).forEach((one, index) => {
        const strong = document.createElement("b");
        strong.textContent = number(at(one.steps, hour));
        read.append(index ? " · " : "", strong, ` ${index ? "" : `${curve.unit} `}${one.name}`);
      });
      read.append(`.${named(hour)}`);
    };
    const nearest = (when, within) => {
      let best = when, far = within;
      for (const [close] of closes()) if (Math.abs(close - when) < far) { far = Math.abs(close - when); best = close; }
      return best;
    };
    chart.setAttribute("tabindex", "0");
    chart.addEventListener("pointermove", (event) => {
      const box = chart.getBoundingClientRect(), wide = chart.viewBox.baseVal.width;
      const when = ((((event.clientX - box.left) / box.width) * wide - start) / (end - start)) * last;
      show(nearest(when, ((NEAR_PX / box.width) * wide / (end - start)) * last));
    });
    chart.addEventListener("focus", () => { if (hour === null) show(closes()[0]?.[0] ?? 0); });
    chart.addEventListener("keydown", (event) => {
      const hours = closes().map((row) => row[0]), now = hour ?? 0;
      const to = {
        ArrowRight: () => hours.find((close) => close > now + 0.01) ?? last,
        ArrowLeft: () => hours.findLast((close) => close < now - 0.01) ?? 0,
        PageUp: () => now + 24,
        PageDown: () => now - 24,
        Home: () => 0,
        End: () => last,
      }[event.key];
      if (!to) return;
      event.preventDefault();
      show(to());
    });
    document.addEventListener("times", () => { if (hour !== null) show(hour); });
    redraws.push(() => {
      const group = chosen(), own = group && group[key.replace("in-place-", "")];
      plot.replaceChildren(...(own ? stepPlot(chart, curve.unit, seriesOf(key)) : original));
      chart.closest("figure").querySelector(".shown").textContent = own ? `: ${group.name}` : "";
      if (hour !== null) show(hour);
    });
  }
  choice?.addEventListener("change", () => { for (const redraw of redraws) redraw(); });
}
