/* A table of any length: sorted by counting, narrowed, copied, of which only the rows in sight are drawn. All text from
   the data goes in as text. Runs in Chromium 86. */
(function () {
  "use strict";
  var page = window.medgraphPage, element = page.element;
  var ROW = 28; // pixels, as the style sheet has it

  function shownText(value) {
    return typeof value === "number" && !Number.isInteger(value) ? String(Number(value.toPrecision(4))) : String(value);
  }

  // A text that a spreadsheet would take for a formula gets an apostrophe before it.
  function noFormula(value) {
    var text = typeof value === "number" ? String(value) : value.replace(/[\t\r\n]+/g, " ");
    return typeof value !== "number" && /^\s*[=+\-@＝＋－＠]/.test(text) ? "'" + text : text;
  }

  function condition(column, text) {
    var found = /^(>=|<=|!=|>|<|=)\s*(.*)$/.exec(text);
    if (!found) {
      var part = text.toLowerCase();
      return function (value) { return shownText(value).toLowerCase().indexOf(part) >= 0; };
    }
    if (found[1] === "=" && !found[2]) return function (value) { return value === ""; };
    var sign = found[1], limit = column.is_number ? Number(found[2]) : found[2];
    var compare = {
      ">": function (value) { return value > limit; }, "<": function (value) { return value < limit; },
      ">=": function (value) { return value >= limit; }, "<=": function (value) { return value <= limit; },
      "=": function (value) { return String(value) === String(limit); }, "!=": function (value) { return String(value) !== String(limit); }
    }[sign];
    return function (value) { return value !== "" && compare(value); };
  }

  function width(column) {
    var longest = column.heading.length + 3, step = Math.max(1, Math.floor(column.values.length / 200));
    for (var i = 0; i < column.values.length; i += step) longest = Math.max(longest, wide(shownText(column.values[i])));
    return Math.round(Math.min(longest, 26) * 15 + 16);
  }

  function wide(text) { return text.length * (/[^\x00-\xff]/.test(text) ? 1 : 0.6); }

  // `given`: the columns, how many rows, what it is called, the words of the page, where it tells something, further buttons
  // above it, which columns are drawn (all, where none are named), and what is done with a row that is picked.
  window.medgraphTable = function (given) {
    var columns = given.columns, total = given.total, words = given.words;
    var drawn = given.drawn ? columns.filter(function (one) { return given.drawn.indexOf(one.name) >= 0; }) : columns;
    var picked = -1; // a place among those shown
    var worded = page.worded(words);
    var order = new Uint32Array(total);
    for (var i = 0; i < total; i++) order[i] = i;
    var shown = order, sorted = -1, isDown = false, filters = {}, pool = [], first = -1;
    var count = element("span", { id: "shown" });
    var above = element("td", { colspan: drawn.length }), below = element("td", { colspan: drawn.length });
    var body = element("tbody"), headings = [];

    // By counting: the place of each value in its order came with it. What is empty stays last.
    function sortBy(number) {
      isDown = sorted === number && !isDown;
      sorted = number;
      var column = columns[number], most = column.values.length;
      var full = most && column.values[most - 1] === "" ? most - 1 : most;
      var rank = function (row) {
        var place = column.places[row];
        return isDown && place < full ? full - 1 - place : place;
      };
      var starts = new Uint32Array(most + 1), next = new Uint32Array(total);
      for (var i = 0; i < total; i++) starts[rank(order[i]) + 1]++;
      for (i = 0; i < most; i++) starts[i + 1] += starts[i];
      for (i = 0; i < total; i++) next[starts[rank(order[i])]++] = order[i];
      order = next;
      headings.forEach(function (one, place) {
        var at = columns.indexOf(drawn[place]);
        one.setAttribute("aria-sort", at !== sorted ? "none" : isDown ? "descending" : "ascending");
        one.querySelector("span").textContent = at !== sorted ? "" : isDown ? " ▼" : " ▲";
      });
      narrow();
    }

    function narrowTo(number, text) {
      if (text.trim()) filters[number] = text.trim();
      else delete filters[number];
      narrow();
    }

    function numberOf(name) { return columns.findIndex(function (one) { return one.name === name; }); }

    function valueOf(name, row) {
      var column = columns[numberOf(name)];
      return column ? column.values[column.places[row]] : "";
    }

    // What is said in a row anew; the order of the column is made again where the value is new to it.
    function set(name, row, value) {
      var column = columns[numberOf(name)], at = column.values.indexOf(value);
      if (at < 0) {
        at = value === "" || column.values[column.values.length - 1] !== "" ? column.values.length : column.values.length - 1;
        column.values.splice(at, 0, value);
        column.places = Array.from(column.places, function (place) { return place >= at ? place + 1 : place; });
      }
      column.places[row] = at;
      first = -1;
      draw();
    }

    function narrow() {
      var tests = Object.keys(filters).map(function (number) {
        var column = columns[number], holds = condition(column, filters[number]);
        return { places: column.places, mask: Uint8Array.from(column.values, function (value) { return holds(value) ? 1 : 0; }) };
      });
      shown = tests.length ? order.filter(function (row) { return tests.every(function (test) { return test.mask[test.places[row]]; }); }) : order;
      count.textContent = worded("rows", { shown: shown.length, total: total });
      table.setAttribute("aria-rowcount", shown.length + 1);
      first = -1;
      box.scrollTop = 0;
      draw();
      if (given.pick) pick(shown.length ? 0 : -1);
    }

    function draw() {
      var some = Math.ceil((box.clientHeight || 600) / ROW) + 8;
      var start = Math.max(0, Math.min(Math.floor(box.scrollTop / ROW) - 4, shown.length - some));
      if (start === first && pool.length >= Math.min(some, shown.length)) return;
      first = start;
      while (pool.length < some) {
        var cells = drawn.map(function (column) { return element("td", { class: column.is_number ? "n" : "" }, ""); });
        pool.push({ row: element("tr", { class: "row" }, cells), cells: cells });
        body.insertBefore(pool[pool.length - 1].row, below.parentNode);
        if (given.pick) whenClicked(pool.length - 1);
      }
      pool.forEach(function (line, number) {
        var at = start + number, isShown = at < shown.length;
        line.row.hidden = !isShown;
        if (!isShown) return;
        line.row.setAttribute("aria-rowindex", at + 2);
        if (given.pick) line.row.setAttribute("aria-selected", at === picked ? "true" : "false");
        drawn.forEach(function (column, place) {
          var text = shownText(column.values[column.places[shown[at]]]);
          line.cells[place].textContent = text;
          line.cells[place].title = text;
        });
      });
      above.style.height = start * ROW + "px";
      below.style.height = Math.max(0, shown.length - start - pool.length) * ROW + "px";
    }

    function whenClicked(number) {
      pool[number].row.addEventListener("click", function () { pick(first + number); });
    }

    // Choose a row by its place among those shown, and have it in sight; -1 chooses none.
    function pick(at) {
      picked = Math.max(Math.min(at, shown.length - 1), -1);
      if (picked >= 0) {
        var top = picked * ROW, room = box.clientHeight - head.offsetHeight - ROW;
        if (top < box.scrollTop) box.scrollTop = top;
        else if (top > box.scrollTop + room) box.scrollTop = top - Math.max(room, 0);
      }
      first = -1;
      draw();
      given.pick(picked < 0 ? -1 : shown[picked]);
    }

    function byKey(event) {
      var page = Math.max(1, Math.floor(box.clientHeight / ROW) - 2);
      var to = { ArrowDown: picked + 1, ArrowUp: Math.max(0, picked - 1), PageDown: picked + page, PageUp: Math.max(0, picked - page), Home: 0, End: shown.length - 1 }[event.key];
      if (to === undefined || event.ctrlKey || event.altKey || event.target !== box) return;
      event.preventDefault();
      pick(to);
    }

    function text() {
      var lines = [drawn.map(function (column) { return noFormula(column.heading); }).join("\t")];
      shown.forEach(function (row) {
        lines.push(drawn.map(function (column) { return noFormula(column.values[column.places[row]]); }).join("\t"));
      });
      return lines.join("\n");
    }

    function copy() {
      var done = function () { given.tell(worded("copied", { count: shown.length })); };
      if (navigator.clipboard) { navigator.clipboard.writeText(text()).then(done, byHand); return; }
      byHand();
      function byHand() {
        var area = element("textarea");
        area.value = text();
        document.body.appendChild(area);
        area.select();
        document.execCommand("copy");
        area.remove();
        done();
      }
    }

    headings = drawn.map(function (column) {
      var number = columns.indexOf(column);
      var narrowing = element("input", { type: "search", "aria-label": words.narrow + " " + column.heading, title: words.narrow, autocomplete: "off" });
      narrowing.addEventListener("input", function () {
        narrowTo(number, narrowing.value);
      });
      return element("th", { scope: "col", "aria-sort": "none", "data-column": column.name }, [
        element("button", { type: "button", title: worded("sort", { name: column.heading }), onclick: function () { sortBy(number); } }, [column.heading, element("span")]), narrowing
      ]);
    });
    var widths = drawn.map(width);
    var cols = drawn.map(function (column, number) {
      var made = element("col");
      made.style.width = widths[number] + "px";
      return made;
    });
    body.appendChild(element("tr", { class: "room", "aria-hidden": "true" }, above));
    body.appendChild(element("tr", { class: "room", "aria-hidden": "true" }, below));
    var head = element("thead", {}, element("tr", {}, headings));
    var table = element("table", {}, [element("colgroup", {}, cols), head, body]);
    table.style.width = widths.reduce(function (sum, one) { return sum + one; }, 0) + "px";
    var box = element("div", { class: "rows", tabindex: 0, role: "region", "aria-label": given.label }, table);
    var isWaiting = false;
    box.addEventListener("scroll", function () {
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(function () { isWaiting = false; draw(); });
    });
    if (given.pick) box.addEventListener("keydown", byKey);
    requestAnimationFrame(narrow);
    var made = element("div", {}, [
      element("p", { class: "bar" }, [
        count,
        element("button", { type: "button", id: "copy", onclick: copy }, words.copy)
      ].concat(given.bar || [])),
      box
    ]);

    return {
      element: made, box: box, set: set, valueOf: valueOf,
      rows: function () { return shown; },
      isWhole: function () { return shown === order && sorted < 0; },
      narrowTo: function (name, text) { narrowTo(numberOf(name), text); },
      next: function () { pick(picked + 1); }
    };
  };
})();
