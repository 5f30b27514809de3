'use strict';
// Write files in the page: a table as CSV and XLSX, a picture as PNG and PDF. Texts stay texts.
(function () {
  var map = window.medgraphMap = window.medgraphMap || {};
  var FORMULA = /^[\s]*[=+\-@\t\r]/, PLAIN = /^-?\d+(\.\d+)?$/;
  function text(value) { return value === null || value === undefined ? '' : String(value); }
  function cell(value) {
    var said = text(value);
    if (FORMULA.test(said) && !PLAIN.test(said)) said = "'" + said;
    return /[",\r\n]/.test(said) ? '"' + said.replace(/"/g, '""') + '"' : said;
  }
  // Excel needs a BOM to read UTF-8.
  map.csv = function (rows) { return '\ufeff' + rows.map(function (row) { return row.map(cell).join(','); }).join('\r\n') + '\r\n'; };

  // -- XLSX: a ZIP of XML whose parts are stored as they are -----------------------------------------

  var table = null;
  function crc(bytes) {
    if (!table) {
      table = [];
      for (var n = 0; n < 256; n += 1) {
        var c = n;
        for (var k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
        table[n] = c >>> 0;
      }
    }
    var sum = 0xffffffff;
    for (var i = 0; i < bytes.length; i += 1) sum = table[(sum ^ bytes[i]) & 0xff] ^ (sum >>> 8);
    return (sum ^ 0xffffffff) >>> 0;
  }
  function numbers(sizes, values) {
    var view = new DataView(new ArrayBuffer(sizes.reduce(function (a, b) { return a + b; }, 0))), at = 0;
    sizes.forEach(function (size, i) {
      if (size === 2) view.setUint16(at, values[i], true); else view.setUint32(at, values[i], true);
      at += size;
    });
    return new Uint8Array(view.buffer);
  }
  function zip(files) {
    var encoder = new TextEncoder(), parts = [], entries = [], at = 0, DAY = 0x5821;
    files.forEach(function (file) {
      var name = encoder.encode(file[0]), body = encoder.encode(file[1]), sum = crc(body);
      var head = numbers([4, 2, 2, 2, 2, 2, 4, 4, 4, 2, 2], [0x04034b50, 20, 0x800, 0, 0, DAY, sum, body.length, body.length, name.length, 0]);
      entries.push([numbers([4, 2, 2, 2, 2, 2, 2, 4, 4, 4, 2, 2, 2, 2, 2, 4, 4],
        [0x02014b50, 20, 20, 0x800, 0, 0, DAY, sum, body.length, body.length, name.length, 0, 0, 0, 0, 0, at]), name]);
      parts.push(head, name, body);
      at += head.length + name.length + body.length;
    });
    var size = 0;
    entries.forEach(function (entry) { parts.push(entry[0], entry[1]); size += entry[0].length + entry[1].length; });
    parts.push(numbers([4, 2, 2, 2, 2, 4, 4, 2], [0x06054b50, 0, 0, files.length, files.length, size, at, 0]));
    return parts;
  }
  function xml(value) {
    // eslint-disable-next-line no-control-regex
    return text(value).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').slice(0, 32767);
  }
  var HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  var OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships', PACKAGE = 'http://schemas.openxmlformats.org/package/2006/';
  var MEASURED = 200, NARROW = 8, WIDE = 44, FIRST_WIDE = '\u2e80';
  // As wide as the longest of the first texts, within reason; a Chinese letter is two wide.
  function widths(rows) {
    var found = [];
    rows.slice(0, MEASURED).forEach(function (row) {
      row.forEach(function (value, i) {
        var sum = 2;
        for (var letter of text(value)) sum += letter >= FIRST_WIDE ? 2 : 1;
        found[i] = Math.min(WIDE, Math.max(found[i] || NARROW, sum));
      });
    });
    return found;
  }
  function cols(rows) {
    return '<cols>' + widths(rows).map(function (wide, i) {
      return '<col min="' + (i + 1) + '" max="' + (i + 1) + '" width="' + wide + '" customWidth="1"/>';
    }).join('') + '</cols>';
  }
  function sheet(rows) {
    return HEAD + '<worksheet xmlns="' + MAIN + '"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' + cols(rows) + '<sheetData>' + rows.map(function (row, number) {
      var look = number ? '' : ' s="1"';
      return '<row>' + row.map(function (value) {
        if (typeof value === 'number' && isFinite(value)) return '<c><v>' + value + '</v></c>';
        return '<c' + look + ' t="inlineStr"><is><t xml:space="preserve">' + xml(value) + '</t></is></c>';
      }).join('') + '</row>';
    }).join('') + '</sheetData></worksheet>';
  }
  // Two looks of a cell: as it is, and bold.
  var STYLES = HEAD + '<styleSheet xmlns="' + MAIN + '"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>' +
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
  var CORE = HEAD + '<cp:coreProperties xmlns:cp="' + PACKAGE + 'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>medgraph</dc:creator></cp:coreProperties>';
  // A workbook of sheets [name, rows]; the first row of each is its heading.
  map.xlsx = function (sheets) {
    var files = [
      ['[Content_Types].xml', HEAD + '<Types xmlns="' + PACKAGE + 'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>' + sheets.map(function (one, i) {
        return '<Override PartName="/xl/worksheets/sheet' + (i + 1) + '.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>';
      }).join('') + '</Types>'],
      ['_rels/.rels', HEAD + '<Relationships xmlns="' + PACKAGE + 'relationships"><Relationship Id="rId1" Type="' + OFFICE + '/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="' + PACKAGE + 'relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'],
      ['docProps/core.xml', CORE],
      ['xl/styles.xml', STYLES],
      ['xl/workbook.xml', HEAD + '<workbook xmlns="' + MAIN + '" xmlns:r="' + OFFICE + '"><sheets>' + sheets.map(function (one, i) {
        return '<sheet name="' + xml(one[0]) + '" sheetId="' + (i + 1) + '" r:id="rId' + (i + 1) + '"/>';
      }).join('') + '</sheets></workbook>'],
      ['xl/_rels/workbook.xml.rels', HEAD + '<Relationships xmlns="' + PACKAGE + 'relationships">' + sheets.map(function (one, i) {
        return '<Relationship Id="rId' + (i + 1) + '" Type="' + OFFICE + '/worksheet" Target="worksheets/sheet' + (i + 1) + '.xml"/>';
      }).join('') + '<Relationship Id="rId' + (sheets.length + 1) + '" Type="' + OFFICE + '/styles" Target="styles.xml"/></Relationships>']
    ];
    sheets.forEach(function (one, i) { files.push(['xl/worksheets/sheet' + (i + 1) + '.xml', sheet(one[1])]); });
    return zip(files);
  };

  // The bytes of a canvas as a picture of this type.
  map.bytesOf = function (canvas, type, act) {
    canvas.toBlob(function (blob) {
      new Response(blob).arrayBuffer().then(function (buffer) { act(new Uint8Array(buffer)); });
    }, type, 0.93);
  };

  // -- PNG: with its dots per inch stated, because Word sets a picture at the size that they give ------

  var PNG_HEAD = 33, SCREEN = 96, INCH = 0.0254;  // bytes before the second chunk; dots an inch; metres
  // The parts of a PNG, of its bytes, that is `times` as large as on the screen.
  map.png = function (bytes, times) {
    var chunk = new Uint8Array(21), view = new DataView(chunk.buffer), dots = Math.round(SCREEN * times / INCH);
    view.setUint32(0, 9);
    chunk.set(new TextEncoder().encode('pHYs'), 4);
    view.setUint32(8, dots);
    view.setUint32(12, dots);
    chunk[16] = 1;  // by the metre
    view.setUint32(17, crc(chunk.subarray(4, 17)));
    return [bytes.subarray(0, PNG_HEAD), chunk, bytes.subarray(PNG_HEAD)];
  };

  // -- PDF: one page, the picture as JPEG --------------------------------------------------------------

  // `wide` and `high` are those of the paper in points, `picture` bytes of a JPEG with its size in pixels.
  map.pdf = function (picture, pixels, wide, high) {
    var encoder = new TextEncoder(), parts = [], starts = [], at = 0, MARGIN = 20;
    function add(part) {
      var bytes = typeof part === 'string' ? encoder.encode(part) : part;
      parts.push(bytes);
      at += bytes.length;
    }
    function object(number, body) { starts[number] = at; add(number + ' 0 obj\n' + body + '\nendobj\n'); }
    var scale = Math.min((wide - 2 * MARGIN) / pixels[0], (high - 2 * MARGIN) / pixels[1]), w = pixels[0] * scale, h = pixels[1] * scale;
    var content = 'q ' + w.toFixed(2) + ' 0 0 ' + h.toFixed(2) + ' ' + ((wide - w) / 2).toFixed(2) + ' ' + ((high - h) / 2).toFixed(2) + ' cm /P Do Q';
    add('%PDF-1.4\n');
    object(1, '<< /Type /Catalog /Pages 2 0 R >>');
    object(2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>');
    object(3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ' + wide + ' ' + high + '] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>');
    object(4, '<< /Length ' + content.length + ' >>\nstream\n' + content + '\nendstream');
    starts[5] = at;
    add('5 0 obj\n<< /Type /XObject /Subtype /Image /Width ' + pixels[0] + ' /Height ' + pixels[1] + ' /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ' + picture.length + ' >>\nstream\n');
    add(picture);
    add('\nendstream\nendobj\n');
    var table = at;
    add('xref\n0 6\n0000000000 65535 f \n' + [1, 2, 3, 4, 5].map(function (number) { return String(starts[number]).padStart(10, '0') + ' 00000 n \n'; }).join(''));
    add('trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n' + table + '\n%%EOF\n');
    return parts;
  };
}());
