/* News of the board for all tabs of a browser by one stream. A browser has six connections to a
   server at the most, and a stream holds one while its page is open: a sixth tab would wait for ever.
   One tab has the lock, listens, and tells the others; when it closes, the next one does. Where a
   browser has no locks (a plain address of another machine) each tab listens for itself. */
(function () {
  "use strict";
  var NAME = "medgraph-news", KINDS = ["message", "others", "edition"];

  // What is returned is used as an EventSource is.
  window.medgraphNews = function (address) {
    var acts = {}, latest = {}, isListening = false;
    var channel = navigator.locks && window.BroadcastChannel ? new BroadcastChannel(NAME) : null;
    var news = { addEventListener: function (kind, act) { acts[kind] = act; } };

    function hear(kind, data) {
      var act = acts[kind] || news["on" + kind];
      if (act) act({ data: data });
    }

    function pass(kind, data) {
      latest[kind] = data;
      hear(kind, data);
      if (channel) channel.postMessage({ kind: kind, data: data });
    }

    function listen() {
      var source = new EventSource(address);
      isListening = true;
      KINDS.forEach(function (kind) { source.addEventListener(kind, function (event) { pass(kind, event.data); }); });
      source.onopen = function () { pass("open", ""); };
      source.onerror = function () { pass("error", ""); };
    }

    if (!channel) { listen(); return news; }
    channel.onmessage = function (event) {
      var told = event.data;
      if (told.kind !== "begin") hear(told.kind, told.data);
      else if (isListening) KINDS.forEach(function (kind) { if (kind in latest) channel.postMessage({ kind: kind, data: latest[kind] }); });
    };
    channel.postMessage({ kind: "begin" });
    navigator.locks.request(NAME, function () { listen(); return new Promise(function () { /* until the tab closes */ }); });
    return news;
  };
})();
