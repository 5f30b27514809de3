'use strict';
// Everything is there: write the words, draw, and show the whole.
(function () {
  var map = window.medgraphMap;
  map.leftOut = map.data.every - map.total();
  map.say();
  map.fit();
}());
