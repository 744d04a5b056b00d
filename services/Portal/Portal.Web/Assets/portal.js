// Conveniences. Every page works without this file.
(() => {
  "use strict";

  // Arrow keys move between the cells of a matrix, which is then one stop of the Tab key.
  const moveInGrid = (table) => {
    const rows = [...table.tBodies[0].rows].map(row => [...row.querySelectorAll("td a")]).filter(row => row.length > 0);
    if (rows.length === 0) return;
    const links = rows.flat();
    links.forEach((link, i) => { link.tabIndex = i === 0 ? 0 : -1; });
    table.addEventListener("keydown", event => {
      const row = rows.findIndex(cells => cells.includes(document.activeElement));
      if (row < 0 || event.altKey || event.metaKey) return;
      const column = rows[row].indexOf(document.activeElement);
      const moves = {
        ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1], ArrowUp: [row - 1, column], ArrowDown: [row + 1, column],
        Home: [event.ctrlKey ? 0 : row, 0], End: [event.ctrlKey ? rows.length - 1 : row, rows[row].length - 1],
      };
      if (!moves[event.key]) return;
      event.preventDefault();
      const target = rows[moves[event.key][0]]?.[moves[event.key][1]];
      if (!target) return;
      target.focus();
    });
    // Wherever the focus comes from, that cell is the stop.
    table.addEventListener("focusin", event => {
      if (links.includes(event.target)) links.forEach(link => { link.tabIndex = link === event.target ? 0 : -1; });
    });
  };

  // A picture as PNG, twice its size, made from the SVG file.
  const savePng = async (link) => {
    const address = URL.createObjectURL(new Blob([await (await fetch(link.href)).text()], { type: "image/svg+xml" }));
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

  const enhance = (root) => {
    root.querySelectorAll("table[data-grid]").forEach(moveInGrid);
    root.querySelectorAll("a[data-png]").forEach(link => {
      link.hidden = false;
      link.addEventListener("click", event => { event.preventDefault(); savePng(link); });
    });
  };

  // Says to a screen reader what changed without a reload.
  const say = (() => {
    const region = document.createElement("p");
    region.className = "hidden";
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
    return (text) => { region.textContent = text; };
  })();

  // Where the keyboard is, in words that still mean something when that part of the page has been replaced.
  const focusNow = () => {
    const active = document.activeElement;
    const name = active?.id ? `#${CSS.escape(active.id)}` : active?.tagName === "A" ? `a[href="${CSS.escape(active.getAttribute("href"))}"]` : null;
    return () => { if (name && document.activeElement !== document.querySelector(name)) document.querySelector(name)?.focus({ preventScroll: true }); };
  };

  // Takes the replaceable parts of another address of the same page; false where there is no such page. The server draws; this only puts
  // it in place.
  let wanted = "";
  const show = async (address, isKept = true) => {
    wanted = address;
    const answer = await fetch(address).catch(() => null);
    // What has no picture has a page that says why; a page that only wanted to be newer stays as it is.
    if (!answer?.ok) { if (isKept) location.assign(address); return false; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (wanted !== address) return true;
    const [refocus, open] = [focusNow(), [...document.querySelectorAll("details[open]")].map(one => one.closest("[id]")?.id)];
    for (const part of document.querySelectorAll("[data-part]")) {
      const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
      // What somebody is typing in stays as it is.
      if (!fresh || (part.hasAttribute("data-typed") && part.contains(document.activeElement))) continue;
      part.replaceWith(document.adoptNode(fresh));
      enhance(fresh);
      for (const id of open) if (id) fresh.querySelector(`#${CSS.escape(id)} details`)?.setAttribute("open", "");
    }
    refocus();
    document.title = page.title;
    if (isKept) history.replaceState(null, "", address);
    const words = document.querySelector("[data-say]");
    if (words) say(words.textContent);
    return true;
  };

  // The address that a form would go to, without what was left empty.
  const addressOf = (form) => {
    const filled = [...new FormData(form)].filter(([, value]) => value !== "");
    if (form.elements.t && !filled.some(([name]) => name === "t")) filled.push(["t", ""]);
    return `${form.getAttribute("action")}?${new URLSearchParams(filled)}`;
  };

  // Replay: moving along the ledger shows what each entry changed, from steps fetched many at a time; where it stops the page of that
  // position is shown whole.
  const replay = document.querySelector("form[data-replay]");
  if (replay) {
    const [slider, play, together] = [replay.elements.at, replay.querySelector("[data-play]"), 16];
    const fetched = new Map();
    const stepsFor = (position) => {
      const number = Math.ceil((position - 1) / together);
      if (!fetched.has(number)) {
        const [from, to] = [Math.max(1, (number - 1) * together + 1), Math.min(+slider.max, number * together + 1)];
        const steps = new URL(replay.dataset.replay, location);
        steps.searchParams.set("from", from);
        steps.searchParams.set("to", Math.max(from, to));
        fetched.set(number, fetch(steps).then(answer => answer.ok ? answer.json() : null, () => null));
      }
      return fetched.get(number);
    };
    let [playing, wantedPosition] = [false, 0];
    const go = async (position) => {
      wantedPosition = +position;
      slider.value = position;
      await show(addressOf(replay));
    };
    // False where the steps cannot say what is there: the page itself can.
    const glide = async (position) => {
      wantedPosition = position;
      const found = await stepsFor(position);
      if (wantedPosition !== position) return true;
      const cells = new Map(found?.cells.map(cell => [cell.cell, { drawn: cell.drawn, isNew: false }]));
      const until = found?.steps.filter(step => step.version <= position) ?? [];
      for (const step of until) for (const { cell, drawn } of step.cells) cells.set(cell, { drawn, isNew: step.version === position });
      const links = [...document.querySelectorAll(".heat td > a")];
      const shown = links.map(link => cells.get(link.pathname.split("/").slice(-3).join("/")));
      const cause = document.querySelector(".cause");
      if (!cause || until.at(-1)?.version !== position || links.length !== cells.size || shown.some(cell => !cell)) return false;
      links.forEach((link, i) => {
        link.innerHTML = shown[i].drawn;
        link.parentElement.classList.toggle("changed", shown[i].isNew);
      });
      cause.outerHTML = until.at(-1).cause;
      document.querySelector("[data-say]").textContent = `Version ${position} of ${slider.max}`;
      slider.value = position;
      return true;
    };
    const run = async () => {
      while (playing && +slider.value < +slider.max) {
        const next = +slider.value + 1;
        if (!await glide(next)) await go(next);
        await new Promise(resolve => setTimeout(resolve, 700));
      }
      playing = false;
      play.textContent = "Play";
      await go(slider.value);
    };
    slider.addEventListener("input", async () => { if (!await glide(+slider.value)) await go(slider.value); });
    slider.addEventListener("change", () => go(slider.value));
    replay.addEventListener("submit", event => { event.preventDefault(); go(slider.value); });
    play.hidden = false;
    play.addEventListener("click", async () => {
      playing = !playing;
      play.textContent = playing ? "Pause" : "Play";
      if (playing && slider.value === slider.max) await go(1);
      if (playing) run();
    });
    document.addEventListener("click", event => {
      const link = event.target.closest("a[data-step]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(new URL(link.href).searchParams.get("at"));
    });
  }

  // What takes long says that it is at work; the form's answer replaces that.
  document.addEventListener("submit", async event => {
    const form = event.target.closest("form[data-long]");
    if (!form) return;
    event.preventDefault();
    const [line, bar] = [document.createElement("p"), document.createElement("progress")];
    line.setAttribute("role", "status");
    bar.setAttribute("aria-label", form.dataset.long);
    line.append(bar, ` ${form.dataset.long} …`);
    form.querySelector("button").disabled = true;
    form.after(line);
    await show(addressOf(form));
  });

  // Lab: every change of the question shows its answer.
  let typing = 0;
  const ask = (event, pause) => {
    const form = event.target.closest("form[data-lab]");
    if (!form) return;
    if (event.type === "submit") event.preventDefault();
    clearTimeout(typing);
    typing = setTimeout(() => { if (form.reportValidity()) show(addressOf(form)); }, pause);
  };
  document.addEventListener("input", event => ask(event, 250));
  document.addEventListener("submit", event => ask(event, 0));

  // A page of the newest version hears of a newer one and takes it, saying what changed. Nothing but the version's number is pushed.
  const valuesOf = () => new Map([...document.querySelectorAll(".heat tbody tr")].flatMap(row => [...row.cells].slice(1).map((cell, i) => [
    `${row.cells[0].textContent.trim()} × ${row.closest("table").tHead.rows[0].cells[i + 1].textContent.trim()}`,
    { cell, value: cell.querySelector("text")?.textContent ?? "" }])));
  const takeNewer = async (version, attempts = 5) => {
    const before = valuesOf();
    if (!await show(location.href, false)) {
      // A service was away when it was asked; without another look the page would stay old until the version after this one.
      if (attempts > 1) setTimeout(() => takeNewer(version, attempts - 1), 2000);
      return;
    }
    const changed = [...valuesOf()].filter(([name, now]) => before.has(name) && before.get(name).value !== now.value);
    changed.forEach(([, now]) => {
      now.cell.classList.add("changed");
      setTimeout(() => now.cell.classList.remove("changed"), 2000);
    });
    const words = changed.slice(0, 3).map(([name, now]) => `${name} changed from ${before.get(name).value} to ${now.value}`);
    say([...words, `Now version ${version}.`].join(". "));
  };
  const live = document.querySelector("[data-live]");
  if (live) {
    let shown = +live.dataset.version;
    const events = new EventSource(`/studies/${encodeURIComponent(live.dataset.live)}/live?after=${shown}`);
    events.addEventListener("matrix-updated", event => {
      const { version } = JSON.parse(event.data);
      if (version <= shown) return;
      shown = version;
      if (document.querySelector("[data-live]")) takeNewer(version);
    });
    addEventListener("pagehide", () => events.close());
  }

  enhance(document);
})();
