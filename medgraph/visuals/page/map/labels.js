'use strict';
// Names on the canvas: between 11 and 18 pixels at every scale, and never one on another.
(function () {
  var map = window.medgraphMap;
  var LEAST = 11, MOST = 18, CELL = 64;
  var FONT = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", SimHei, sans-serif';
  var SHARES = [0.5, 0.7, 0.3, 0.85, 0.15];  // of a name that is cut, how much stands before the cut
  var ROOMS = [12, 8, 5.5];  // in letters, for a name that does not stand in a box
  var BOX_ROOMS = [20, 12, 8];  // and for one that does
  var SEEN = 1.5;  // a mark of so many pixels can be seen: no name lies on it
  map.FONT = FONT;

  function isWide(letter) { return letter.charCodeAt(0) > 0x2e7f; }
  function widthOf(text) {
    var sum = 0;
    for (var letter of text) sum += isWide(letter) ? 1 : 0.6;
    return sum;
  }
  function head(letters, room) {
    var sum = 0, count = 0;
    while (count < letters.length && sum + widthOf(letters[count]) <= room) { sum += widthOf(letters[count]); count += 1; }
    return count;
  }
  function cutAt(text, room, share) {
    var letters = Array.from(text), front = head(letters, (room - 1) * share);
    var back = head(letters.slice().reverse(), room - 1 - widthOf(letters.slice(0, front).join('')));
    if (front + back >= letters.length) return text;
    return letters.slice(0, front).join('') + '…' + letters.slice(letters.length - back).join('');
  }
  // A name in `room` letters, cut in the middle, and so that no two different names read alike.
  map.cut = function (text, room, used) {
    if (widthOf(text) <= room) return text;
    for (var i = 0; i < SHARES.length; i += 1) {
      var found = cutAt(text, room, SHARES[i]);
      if (!used.has(found) || used.get(found) === text) return found;
    }
    return text;
  };

  function Grid() { this.cells = new Map(); }
  Grid.prototype.each = function (box, act) {
    for (var x = Math.floor(box.x / CELL); x <= Math.floor((box.x + box.w) / CELL); x += 1) {
      for (var y = Math.floor(box.y / CELL); y <= Math.floor((box.y + box.h) / CELL); y += 1) {
        if (act(x * 100003 + y)) return true;
      }
    }
    return false;
  };
  Grid.prototype.hits = function (box) {
    var cells = this.cells;
    return this.each(box, function (key) {
      var held = cells.get(key);
      return held && held.some(function (other) {
        return box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h;
      });
    });
  };
  Grid.prototype.add = function (box) {
    var cells = this.cells;
    this.each(box, function (key) {
      if (cells.has(key)) cells.get(key).push(box); else cells.set(key, [box]);
    });
  };

  var widths = new Map();
  function measured(pen, text, size, bold) {
    var key = size + (bold ? 'b' : 'n') + text, found = widths.get(key);
    if (found === undefined) {
      if (widths.size > 20000) widths.clear();
      pen.font = (bold ? 'bold ' : '') + size + 'px ' + FONT;
      found = pen.measureText(text).width;
      widths.set(key, found);
    }
    return found;
  }
  // Set the names of `things` (the weightiest first) into a picture of `view`; return those that have room.
  // A thing has x, y and size in the picture's own measure, a text, and may be `inBox`: its name stands on it.
  map.placed = function (pen, things, view) {
    var grid = new Grid(), used = new Map(), found = [];
    things.forEach(function (thing) {  // a name lies on no mark that can be seen
      var far = thing.size * view.scale, x = (thing.x - view.x) * view.scale + view.wide / 2, y = (thing.y - view.y) * view.scale + view.high / 2;
      if (far > SEEN && !thing.inBox && thing.size && Math.abs(x) < 1e5 && Math.abs(y) < 1e5) grid.add({ x: x - far, y: y - far, w: 2 * far, h: 2 * far });
    });
    things.forEach(function (thing) {
      if (!thing.inBox) return;
      var x = (thing.x - view.x) * view.scale + view.wide / 2, y = (thing.y - view.y) * view.scale + view.high / 2;
      if (x < -200 || y < -100 || x > view.wide + 200 || y > view.high + 100) return;
      setOne(pen, thing, x, y, view, grid, used, found);
    });
    things.forEach(function (thing) {
      if (thing.inBox || !thing.text) return;
      var x = (thing.x - view.x) * view.scale + view.wide / 2, y = (thing.y - view.y) * view.scale + view.high / 2;
      if (x < -20 || y < -20 || x > view.wide + 20 || y > view.high + 20) return;
      setOne(pen, thing, x, y, view, grid, used, found);
    });
    return found;
  };
  // What may be written for a thing, the fullest first: of a level the counts go before its name is cut.
  function textsOf(thing, used) {
    var tails = thing.tails || [''], rooms = thing.inBox ? BOX_ROOMS : ROOMS, longest = map.cut(thing.text, rooms[0], used);
    return tails.map(function (tail) { return [longest, tail]; }).concat(rooms.slice(1).map(function (room) {
      return [map.cut(thing.text, room, used), tails[1] || ''];
    }));
  }
  function setOne(pen, thing, x, y, view, grid, used, found) {
    var size = Math.round(Math.max(LEAST, Math.min(MOST, (thing.letters || 15) * view.scale)));
    var bold = !!thing.inBox, texts = textsOf(thing, used), last = '', name, text, box;
    for (var i = 0; i < texts.length; i += 1) {
      name = texts[i][0];
      text = name + texts[i][1];
      if (text === last) continue;
      last = text;
      box = freeSpot(pen, thing, text, size, x, y, view, grid);
      if (!box || (thing.room && box.w > thing.room * view.scale && i < texts.length - 1)) continue;
      grid.add(box);
      used.set(name, thing.text);
      found.push({ thing: thing, text: text, size: size, bold: bold, left: box.x + box.pad, middle: box.y + box.h / 2, box: box });
      return;
    }
  }
  // Where a name has room: below its mark, above, at the right, at the left, a little higher or lower; null for nowhere.
  function freeSpot(pen, thing, text, size, x, y, view, grid) {
    var wide = measured(pen, text, size, !!thing.inBox), high = Math.round(size * 1.25), far = thing.size * view.scale + 3;
    var spots = thing.inBox ? [[x - wide / 2, y - high / 2]]
      : [[x - wide / 2, y + far], [x - wide / 2, y - far - high], [x + far, y - high / 2], [x - far - wide, y - high / 2],
        [x + far, y - high], [x - far - wide, y - high], [x + far, y], [x - far - wide, y]];
    var pad = thing.inBox ? 5 : 1, above = thing.inBox ? 3 : 0;
    for (var i = 0; i < spots.length; i += 1) {
      var box = { x: spots[i][0] - pad, y: spots[i][1] - above, w: wide + 2 * pad, h: high + 2 * above, pad: pad };
      if (thing.inBox) keepIn(box, x, y, view);
      if (!isCut(box, x, y, view) && !grid.hits(box)) return box;
    }
    return null;
  }
  function isOn(x, y, view) { return x >= 0 && y >= 0 && x <= view.wide && y <= view.high; }
  // No edge of the picture cuts a name whose mark is on it: a box moves aside.
  function isCut(box, x, y, view) {
    return isOn(x, y, view) && (box.x < 0 || box.y < 0 || box.x + box.w > view.wide || box.y + box.h > view.high);
  }
  function keepIn(box, x, y, view) {
    if (!isOn(x, y, view)) return;
    box.x = Math.max(1, Math.min(view.wide - box.w - 1, box.x));
    box.y = Math.max(1, Math.min(view.high - box.h - 1, box.y));
  }
  map.drawLabels = function (pen, labels, colours) {
    pen.textBaseline = 'middle';
    pen.textAlign = 'left';
    pen.lineJoin = 'round';
    labels.forEach(function (label) {
      var thing = label.thing, box = label.box;
      pen.font = (label.bold ? 'bold ' : '') + label.size + 'px ' + FONT;
      if (thing.inBox) {
        pen.fillStyle = thing.ground || colours.paper;
        pen.strokeStyle = thing.edge || colours.faint;
        pen.lineWidth = thing.isWrong ? 2.5 : 1.5;
        pen.fillRect(box.x, box.y, box.w, box.h);
        pen.strokeRect(box.x, box.y, box.w, box.h);
      } else {
        pen.strokeStyle = colours.paper;
        pen.lineWidth = 3;
        pen.strokeText(label.text, label.left, label.middle);
      }
      pen.fillStyle = thing.ink || colours.ink;
      pen.fillText(label.text, label.left, label.middle);
    });
  };
}());
