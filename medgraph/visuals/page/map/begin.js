'use strict';
// Everything is there: write the words, draw, and show the whole.
(function () {
  var map = window.medgraphMap;
  map.say();
  map.fit();
}());
