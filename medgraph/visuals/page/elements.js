/* What the scripts of a page make elements with. All text goes in as text. Runs in Chromium 86. */
(function () {
  "use strict";

  function element(name, attributes, children) {
    return filled(document.createElement(name), attributes, children);
  }

  function filled(made, attributes, children) {
    Object.keys(attributes || {}).forEach(function (key) {
      var value = attributes[key];
      if (key.slice(0, 2) === "on") made.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
    });
    [].concat(children === undefined || children === null ? [] : children).forEach(function (child) {
      made.appendChild(typeof child === "object" ? child : document.createTextNode(String(child)));
    });
    return made;
  }

  function replace(place, children) {
    while (place.firstChild) place.removeChild(place.firstChild);
    filled(place, {}, children);
  }

  // The sentences of a page, each with what is filled in.
  function worded(words) {
    return function (key, values) {
      return Object.keys(values || {}).reduce(function (text, name) {
        return text.split("{" + name + "}").join(values[name]);
      }, words[key]);
    };
  }

  window.medgraphPage = { by: function (id) { return document.getElementById(id); }, element: element, filled: filled, replace: replace, worded: worded };
})();
