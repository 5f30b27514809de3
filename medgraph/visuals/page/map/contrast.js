'use strict';
// Marks stand out from their ground by 3 to 1 (WCAG 2.1, 1.4.11), by day and by night.
(function () {
  var map = window.medgraphMap;
  var ENOUGH = 3, STEP = 0.1;
  function parts(colour) { return [1, 3, 5].map(function (at) { return parseInt(colour.slice(at, at + 2), 16); }); }
  function light(colour) {
    var linear = parts(colour).map(function (part) {
      var share = part / 255;
      return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }
  map.contrast = function (one, other) {
    var lights = [light(one), light(other)];
    return (Math.max.apply(null, lights) + 0.05) / (Math.min.apply(null, lights) + 0.05);
  };
  function mixed(colour, ink, share) {
    var own = parts(colour), others = parts(ink);
    return '#' + own.map(function (part, i) {
      return ('0' + Math.round(part + (others[i] - part) * share).toString(16)).slice(-2);
    }).join('');
  }
  map.isNight = function (colours) { return light(colours.paper) < light(colours.ink); };
  // A colour with so much ink in it that it stands out from the paper.
  var known = new Map();
  map.outstanding = function (colour, colours) {
    var key = colour + colours.paper + colours.ink, found = known.get(key);
    for (var share = 0; !found; share += STEP) {
      var tried = mixed(colour, colours.ink, Math.min(1, share));
      if (share >= 1 || map.contrast(tried, colours.paper) >= ENOUGH) found = tried;
    }
    known.set(key, found);
    return found;
  };
}());
