/* The first page of the board: drop a file, answer what it leaves open, open the board. */
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var words = data.words;
  var lists = { before: "", after: "" };

  var page = window.medgraphPage, by = page.by, element = page.element, replace = page.replace;

  function tell(text, isBad) { by("said").textContent = text; by("said").className = isBad ? "bad" : ""; }

  function send(path, body, isFile) {
    tell(words.reading);
    document.body.classList.add("busy");
    var headers = { "X-Medgraph-Page": data.token, "Content-Type": isFile ? "application/octet-stream" : "application/json" };
    return fetch(path + (path.indexOf("?") < 0 ? "?" : "&") + "lang=" + data.lang, { method: "POST", credentials: "same-origin", headers: headers, body: isFile ? body : JSON.stringify(body) })
      .then(function (answer) { return answer.json().then(function (found) { if (!answer.ok) throw new Error(found.error); return found; }); })
      .then(function (found) { document.body.classList.remove("busy"); tell(""); return found; }, function (problem) {
        document.body.classList.remove("busy");
        tell(problem.message, true);
        throw problem;
      });
  }

  function upload(file) { send("/upload?name=" + encodeURIComponent(file.name), file, true).then(show, ignore); }

  // The files of a folder, one after the other; then all are read together.
  function uploadAll(folder, files) {
    var seen = files.filter(function (file) { return file.name[0] !== "."; }), name = "";
    if (!seen.length) { tell(words.empty_folder, true); return; }
    seen.reduce(function (before, file) {
      return before.then(function () { return send("/upload?folder=" + encodeURIComponent(folder) + "&name=" + encodeURIComponent(file.name), file, true); })
        .then(function (kept) { name = kept.name; });
    }, Promise.resolve()).then(function () { return send("/answer", { name: name, answers: {} }); }).then(show, ignore);
  }

  // The files that lie in a dropped folder itself.
  function uploadFolder(entry) {
    var reader = entry.createReader(), files = [];
    (function more() {
      reader.readEntries(function (found) {
        files = files.concat(found.filter(function (one) { return one.isFile; }));
        if (found.length) { more(); return; }
        Promise.all(files.map(function (one) { return new Promise(function (done, failed) { one.file(done, failed); }); }))
          .then(function (all) { uploadAll(entry.name, all); }, function (problem) { tell(problem.message, true); });
      }, function (problem) { tell(problem.message, true); });
    })();
  }

  function ignore() { /* it was told */ }

  function openBoard(name) { send("/open", { name: name }).then(function () { location.href = "/?lang=" + data.lang; }, ignore); }

  // The two lists that are to become one, by their names.
  function take(side, name) {
    lists[side] = name;
    by("list-" + side).textContent = name;
    by("reconcile").disabled = !lists.before || !lists.after;
  }

  function show(found) {
    var place = by("read");
    place.hidden = false;
    var questions = (found.questions || []).map(question);
    replace(place, [
      element("h2", {}, found.name),
      element("p", {}, found.error || found.accounted),
      element("div", {}, questions.length ? [element("h3", {}, words.questions)].concat(questions) : []),
      element("p", { class: "bar" }, [
        questions.length ? element("button", { type: "button", id: "again", onclick: function () { answer(found.name); } }, words.again) : "",
        found.error ? "" : element("button", { type: "button", id: "open", onclick: function () { openBoard(found.name); } }, words.open),
        found.error ? "" : element("button", { type: "button", id: "as-before", onclick: function () { take("before", found.name); } }, words.as_before),
        found.error ? "" : element("button", { type: "button", id: "as-after", onclick: function () { take("after", found.name); } }, words.as_after)
      ]),
      problems(found.problems || [], found.problem_count)
    ]);
    place.scrollIntoView();
  }

  function question(one, number) {
    var id = "q" + number;
    var input = one.offered.length
      ? element("select", { id: id, "data-key": one.key }, [element("option", { value: "" }, words.assumed + one.assumed)].concat(one.offered.map(function (word) { return element("option", { value: word }, word); })))
      : element("input", { id: id, "data-key": one.key, maxlength: 200, placeholder: one.assumed });
    return element("div", { class: "question" }, [
      element("label", { for: id }, one.text + " "),
      input,
      element("small", {}, " " + [words.decides + one.decides, one.places].filter(Boolean).join(" · ")),
      element("table", {}, one.rows.filter(function (row) { return row.cells.length; }).map(function (row) {
        return element("tr", {}, [element("th", { scope: "row" }, row.place)].concat(row.cells.map(function (text) { return element("td", {}, text); })));
      }))
    ]);
  }

  function problems(list, count) {
    if (!list.length) return element("p", {}, words.no_problem);
    return element("details", { class: "one" }, [
      element("summary", {}, words.problems + (count || list.length)),
      element("ul", {}, list.map(function (one) { return element("li", {}, [one.place, one.message, one.advice, "[" + one.code + "]"].filter(Boolean).join(" ")); }))
    ]);
  }

  function answer(name) {
    var answers = {};
    by("read").querySelectorAll("[data-key]").forEach(function (input) {
      if (input.value.trim()) answers[input.getAttribute("data-key")] = input.value.trim();
    });
    send("/answer", { name: name, answers: answers }).then(show, ignore);
  }

  by("reconcile").addEventListener("click", function () {
    send("/reconcile", lists).then(function () { location.href = "/?lang=" + data.lang; }, ignore);
  });
  by("file").addEventListener("change", function () { if (by("file").files.length) upload(by("file").files[0]); });
  // Of a folder that is chosen come all files below it, too: those that lie in it itself are read.
  by("folder").addEventListener("change", function () {
    var paths = Array.prototype.map.call(by("folder").files, function (file) { return { file: file, parts: file.webkitRelativePath.split("/") }; });
    var own = paths.filter(function (one) { return one.parts.length === 2; });
    uploadAll(paths.length ? paths[0].parts[0] : "", own.map(function (one) { return one.file; }));
  });
  by("sample").addEventListener("click", function () { send("/sample", {}).then(function (found) { openBoard(found.name); }, ignore); });
  by("lang").addEventListener("click", function () { location.href = "/?lang=" + (data.lang === "zh" ? "en" : "zh"); });
  document.addEventListener("dragover", function (event) { event.preventDefault(); by("drop").classList.add("over"); });
  document.addEventListener("dragleave", function () { by("drop").classList.remove("over"); });
  document.addEventListener("drop", function (event) {
    event.preventDefault();
    by("drop").classList.remove("over");
    var item = event.dataTransfer.items && event.dataTransfer.items[0];
    var entry = item && item.webkitGetAsEntry && item.webkitGetAsEntry();
    if (entry && entry.isDirectory) uploadFolder(entry);
    else if (event.dataTransfer.files.length) upload(event.dataTransfer.files[0]);
  });
  if (data.recent.length) {
    by("recent").hidden = false;
    replace(by("names"), data.recent.map(function (name) {
      return element("li", {}, element("button", { type: "button", onclick: function () { openBoard(name); } }, name));
    }));
  }
  if (data.begin_with) send("/answer", { name: data.begin_with, answers: {} }).then(show, ignore);
})();
