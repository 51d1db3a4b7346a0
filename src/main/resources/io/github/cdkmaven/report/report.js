// Filters the ImageStreams. Every fact is on the page without it.
(function () {
  'use strict';
  var form = document.getElementById('filter');
  if (!form) {
    return;
  }
  var query = document.getElementById('query');
  var shown = document.getElementById('shown');
  var streams = Array.from(document.querySelectorAll('#stream-list .stream')).map(function (stream) {
    var name = stream.querySelector('h3').textContent.trim().toLowerCase();
    return {
      element: stream,
      tags: Array.from(stream.querySelector('tbody').rows).map(function (row) {
        return {
          element: row,
          outcome: row.dataset.outcome,
          text: (name + ':' + row.textContent).replace(/\s+/g, ' ').replace(': ', ':').toLowerCase()
        };
      })
    };
  });
  var waiting = false;

  function count(number, noun) {
    return number + ' ' + noun + (number === 1 ? '' : 's');
  }

  function show(element, visible) {
    if (element.hidden === visible) {
      element.hidden = !visible;
    }
  }

  function apply() {
    waiting = false;
    var words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    var outcome = form.elements.outcome.value;
    var tagsShown = 0;
    var streamsShown = 0;
    streams.forEach(function (stream) {
      var before = tagsShown;
      stream.tags.forEach(function (tag) {
        var wrong = outcome !== 'all' ? tag.outcome !== outcome : false;
        var visible = !(wrong || words.some(function (word) { return !tag.text.includes(word); }));
        show(tag.element, visible);
        tagsShown += visible ? 1 : 0;
      });
      var empty = !(stream.tags.length || words.length || outcome !== 'all');
      var any = tagsShown > before || empty;
      show(stream.element, any);
      streamsShown += any ? 1 : 0;
    });
    shown.textContent = tagsShown === 0
      ? 'No tag matches'
      : count(tagsShown, 'tag') + ' in ' + count(streamsShown, 'ImageStream');
  }

  function later() {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(apply);
    }
  }

  form.hidden = false;
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  form.addEventListener('input', later);
  form.addEventListener('change', later);
  // A browser that comes back to the page restores what was typed.
  apply();
})();
