// Step curves drawn anew where the reader chooses a part: the same scales and words as the page was drawn with.
const roundTicks = (high, wanted = 5) => {
  if (high <= 0) return [0, 1];
  const raw = high / wanted, power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => power * factor).find((size) => size >= raw * (1 - 1e-9));
  return Array.from({ length: Math.ceil(high / step - 1e-9) + 1 }, (_, index) => step * index);
};
const stepPlot = (chart, unit, series) => {
  const [start, end, last] = chart.dataset.span.split(" ").map(Number);
  const [top, bottom] = chart.dataset.depth.split(" ").map(Number);
  const high = Math.max(0, ...series.flatMap((one) => one.steps.map((step) => step[1])));
  const ticks = roundTicks(high);
  const x = (hour) => start + (Math.min(last, Math.max(0, hour)) / last) * (end - start);
  const y = (value) => bottom - (value / ticks.at(-1)) * (bottom - top);
  const words = (left, height, look, said) => {
    const node = drawn("text", { x: left, y: height, class: look });
    node.textContent = said;
    return node;
  };
  const parts = [];
  for (const tick of ticks) {
    parts.push(drawn("line", { x1: start, x2: end, y1: y(tick), y2: y(tick), class: tick ? "grid" : "base" }));
    if (tick) parts.push(words(start, y(tick) - 4, "tick", tick === ticks.at(-1) ? `${number(tick)} ${unit}` : number(tick)));
  }
  let row = top + 18;
  for (const one of series) {
    let path = `M${x(0)} ${y(0)}`;
    for (const [hour, value] of one.steps) path += `H${x(hour).toFixed(1)}V${y(value).toFixed(1)}`;
    parts.push(drawn("path", { d: `${path}H${end}`, class: `curve ${one.look}` }));
    parts.push(drawn("path", { d: `M${start} ${row - 4}h28`, class: `curve ${one.look}` }), words(start + 34, row, `name ${one.look}`, one.name));
    row += 17;
  }
  return parts;
};
