'use strict';
// A drawing on its page: filtered, looked at closely, taken away, with its table beneath.
(function () {
  var map = window.medgraphMap, bar = document.getElementById('bar'), svg = document.querySelector('#drawing svg');
  if (!svg) return;
  function $(id) { return document.getElementById(id); }
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  var things = all('[data-id]', svg), rows = all('[data-row]'), selects = all('select[data-by]');
  var first = svg.getAttribute('viewBox').split(' ').map(Number), view = first.slice();
  bar.hidden = false;

  // -- filters ----------------------------------------------------------------------------------------

  function valuesOf(thing, by) { return (thing.getAttribute('data-' + by) || '').split('|').filter(Boolean); }
  selects.forEach(function (select) {
    var by = select.getAttribute('data-by'), values = new Set();
    things.forEach(function (thing) { valuesOf(thing, by).forEach(function (value) { values.add(value); }); });
    Array.from(values).sort().forEach(function (value) {
      var option = document.createElement('option');
      option.value = option.textContent = value;
      select.appendChild(option);
    });
    if (values.size < 2) select.parentNode.hidden = true;
    select.addEventListener('change', narrow);
  });
  function narrow() {
    var fit = new Set();
    function fits(one) {
      return selects.every(function (select) { return !select.value || valuesOf(one, select.getAttribute('data-by')).indexOf(select.value) >= 0; });
    }
    things.forEach(function (thing) {
      var isIn = fits(thing);
      thing.classList.toggle('out', !isIn);
      thing.setAttribute('tabindex', isIn ? '0' : '-1');
      if (isIn) fit.add(thing.getAttribute('data-id'));
    });
    rows.forEach(function (row) { row.classList.toggle('out', !fits(row)); });
    var ids = new Set(things.map(function (thing) { return thing.getAttribute('data-id'); }));
    $('fits').textContent = things.length ? $('fits').getAttribute('data-words').replace('{shown}', fit.size).replace('{total}', ids.size) : '';
  }

  // -- nearer and farther -----------------------------------------------------------------------------

  function show() { svg.setAttribute('viewBox', view.map(function (one) { return Math.round(one * 10) / 10; }).join(' ')); }
  function zoom(factor, x, y) {
    var wide = Math.max(first[2] / 20, Math.min(first[2], view[2] * factor)), times = wide / view[2];
    if (x === undefined) { x = view[0] + view[2] / 2; y = view[1] + view[3] / 2; }
    view = [x - (x - view[0]) * times, y - (y - view[1]) * times, wide, view[3] * times];
    keep();
  }
  function keep() {
    for (var i = 0; i < 2; i += 1) view[i] = Math.max(first[i], Math.min(first[i] + first[i + 2] - view[i + 2], view[i]));
    show();
  }
  function at(event) {
    var box = svg.getBoundingClientRect();
    return [view[0] + (event.clientX - box.left) / box.width * view[2], view[1] + (event.clientY - box.top) / box.height * view[3]];
  }
  svg.addEventListener('wheel', function (event) {
    if (!event.ctrlKey && view[2] === first[2] && event.deltaY > 0) return;
    event.preventDefault();
    var place = at(event);
    zoom(event.deltaY < 0 ? 0.8 : 1.25, place[0], place[1]);
  }, { passive: false });
  var from = null;
  svg.addEventListener('pointerdown', function (event) { from = at(event); });
  window.addEventListener('pointermove', function (event) {
    if (!from || view[2] === first[2]) return;
    var to = at(event);
    view[0] += from[0] - to[0];
    view[1] += from[1] - to[1];
    keep();
  });
  window.addEventListener('pointerup', function () { from = null; });
  $('larger').addEventListener('click', function () { zoom(0.7); });
  $('smaller').addEventListener('click', function () { zoom(1 / 0.7); });
  $('whole').addEventListener('click', function () { view = first.slice(); show(); });
  document.addEventListener('keydown', function (event) {
    if (/^(SELECT|INPUT)$/.test(event.target.tagName)) return;
    if (event.key === '+' || event.key === '=') zoom(0.7);
    if (event.key === '-') zoom(1 / 0.7);
    if (event.key === '0') { view = first.slice(); show(); }
    var step = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] }[event.key];
    if (!step || view[2] === first[2]) return;
    event.preventDefault();
    view[0] += step[0] * view[2];
    view[1] += step[1] * view[3];
    keep();
  });

  // -- from the table to the drawing ---------------------------------------------------------------------

  function locate(id) {
    var thing = things.find(function (one) { return one.getAttribute('data-id') === id; });
    if (!thing) return;
    var box = thing.getBBox(), wide = Math.max(box.width * 4, first[2] / 4);
    if (wide < first[2]) {
      var high = wide * first[3] / first[2];
      view = [box.x + box.width / 2 - wide / 2, box.y + box.height / 2 - high / 2, wide, high];
      keep();
    }
    thing.focus();
  }
  rows.forEach(function (row) {
    row.setAttribute('tabindex', '0');
    function go(event) {
      var id = row.getAttribute('data-row');
      locate(id);
      select(id, event);
    }
    row.addEventListener('click', go);
    row.addEventListener('keydown', function (event) { if (event.key === 'Enter') go(event); });
  });

  // -- what is selected, for a notebook --------------------------------------------------------------------

  var selected = [];
  function select(id, event) {
    var at = selected.indexOf(id);
    if (!event.ctrlKey && !event.shiftKey && !event.metaKey) selected = [id];
    else if (at < 0) selected.push(id);
    else selected.splice(at, 1);
    things.forEach(function (one) { one.classList.toggle('selected', selected.indexOf(one.getAttribute('data-id')) >= 0); });
    map.tell(selected);
  }
  things.forEach(function (thing) {
    thing.addEventListener('click', function (event) { select(thing.getAttribute('data-id'), event); });
    thing.addEventListener('keydown', function (event) { if (event.key === 'Enter') select(thing.getAttribute('data-id'), event); });
  });

  // -- to take away -------------------------------------------------------------------------------------

  function drawing() {
    var copy = svg.cloneNode(true);
    copy.setAttribute('viewBox', first.join(' '));
    all('.out', copy).forEach(function (one) { one.setAttribute('opacity', '.1'); });
    return new XMLSerializer().serializeToString(copy);
  }
  function download(parts, name, type) {
    var url = URL.createObjectURL(new Blob(parts, { type: type })), link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
  }
  function raster(times, act) {
    var image = new Image(), url = URL.createObjectURL(new Blob([drawing()], { type: 'image/svg+xml' }));
    image.onload = function () {
      var canvas = document.createElement('canvas'), scale = Math.min(times, 16000 / Math.max(first[2], first[3]));
      canvas.width = first[2] * scale;
      canvas.height = first[3] * scale;
      var pen = canvas.getContext('2d');
      pen.fillStyle = 'white';
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      act(canvas);
    };
    image.src = url;
  }
  function cells() {
    return all('#table thead tr, #table tbody tr:not(.out)').map(function (row) { return all('th, td', row).map(function (cell) { return cell.textContent; }); });
  }
  $('svg').addEventListener('click', function () { download([drawing()], 'medgraph.svg', 'image/svg+xml'); });
  $('png').addEventListener('click', function () {
    raster(Number($('times').value), function (canvas) {
      map.bytesOf(canvas, 'image/png', function (bytes) { download(map.png(bytes, canvas.width / first[2]), 'medgraph.png', 'image/png'); });
    });
  });
  $('pdf').addEventListener('click', function () {
    raster(2, function (canvas) {
      map.bytesOf(canvas, 'image/jpeg', function (bytes) {
        var size = first[2] >= first[3] ? [842, 595] : [595, 842];
        download(map.pdf(bytes, [canvas.width, canvas.height], size[0], size[1]), 'medgraph.pdf', 'application/pdf');
      });
    });
  });
  if ($('csv')) {
    $('csv').addEventListener('click', function () { download([map.csv(cells())], 'medgraph.csv', 'text/csv'); });
    $('xlsx').addEventListener('click', function () { download(map.xlsx([['1', cells()]]), 'medgraph.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'); });
  }
  narrow();
}());
