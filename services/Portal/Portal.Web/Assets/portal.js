// Conveniences. Every page works without this file.
(() => {
  "use strict";

  // Arrow keys move between the cells of a matrix, which is then one stop of the Tab key.
  for (const table of document.querySelectorAll("table[data-grid]")) {
    const rows = [...table.tBodies[0].rows].map(row => [...row.querySelectorAll("td a")]).filter(row => row.length > 0);
    if (rows.length === 0) continue;
    const links = rows.flat();
    links.forEach((link, i) => { link.tabIndex = i === 0 ? 0 : -1; });
    table.addEventListener("keydown", event => {
      const row = rows.findIndex(cells => cells.includes(document.activeElement));
      if (row < 0 || event.altKey || event.metaKey) return;
      const column = rows[row].indexOf(document.activeElement);
      const last = rows[row].length - 1;
      const moves = {
        ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1], ArrowUp: [row - 1, column], ArrowDown: [row + 1, column],
        Home: [event.ctrlKey ? 0 : row, 0], End: [event.ctrlKey ? rows.length - 1 : row, last],
      };
      const target = moves[event.key] && rows[moves[event.key][0]]?.[moves[event.key][1]];
      if (!moves[event.key]) return;
      event.preventDefault();
      if (!target) return;
      links.forEach(link => { link.tabIndex = -1; });
      target.tabIndex = 0;
      target.focus();
    });
  }

  // A picture as PNG, twice its size, made from the SVG file.
  const toPng = async (link) => {
    const text = await (await fetch(link.href)).text();
    const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob(blob => {
      const save = document.createElement("a");
      save.href = URL.createObjectURL(blob);
      save.download = link.dataset.png;
      save.click();
      setTimeout(() => URL.revokeObjectURL(save.href), 1000);
    }, "image/png");
  };
  for (const link of document.querySelectorAll("a[data-png]")) {
    link.hidden = false;
    link.addEventListener("click", event => { event.preventDefault(); toPng(link); });
  }
})();
