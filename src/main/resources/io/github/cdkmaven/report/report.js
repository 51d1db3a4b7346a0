// Filters the lists, and copies. Every fact is on the page without it.
(function () {
  'use strict';

  function filter(form) {
    var section = form.closest('section');
    var query = form.querySelector('input[type=search]');
    var shown = form.querySelector('.shown');
    var items = Array.from(section.querySelectorAll('.item')).map(function (element) {
      var group = element.closest('.fold');
      var name = group ? group.querySelector('h3').textContent + ':' : '';
      return {
        element: element,
        outcome: element.dataset.outcome,
        text: (name + element.querySelector('.name').textContent + ' ' + element.textContent).toLowerCase()
      };
    });
    var groups = Array.from(section.querySelectorAll('.card, .fold')).map(function (element) {
      return {
        element: element,
        items: Array.from(element.querySelectorAll('.item')),
        details: element.matches('details') ? element : element.querySelector('details')
      };
    });

    function apply() {
      var words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
      var outcome = form.querySelector('input[type=radio]:checked').value;
      var active = words.length + (outcome === 'all' ? 0 : 1);
      var visible = 0;
      items.forEach(function (item) {
        var wrong = outcome !== 'all' ? item.outcome !== outcome : false;
        item.element.hidden = wrong || words.some(function (word) { return !item.text.includes(word); });
        visible += item.element.hidden ? 0 : 1;
      });
      groups.forEach(function (group) {
        var any = group.items.some(function (item) { return !item.hidden; });
        group.element.hidden = active ? !any : false;
        if (group.details) {
          group.details.open = active ? any : false;
        }
      });
      shown.textContent = active ? visible + ' of ' + items.length : '';
    }

    form.hidden = false;
    form.addEventListener('submit', function (event) { event.preventDefault(); });
    form.addEventListener('input', apply);
    // A browser that comes back to the page restores what was typed.
    if (query.value) {
      apply();
    }
  }

  // Not navigator.clipboard: a page that a CI server sends by plain HTTP does not have it.
  function copy(text) {
    var field = document.createElement('textarea');
    field.value = text;
    field.readOnly = true;
    field.className = 'unseen';
    document.body.appendChild(field);
    field.select();
    var done = document.execCommand('copy');
    field.remove();
    return done;
  }

  function offerCopy(root) {
    root.querySelectorAll('[data-copy]:not([data-offered])').forEach(function (element) {
      var closed = element.closest('details:not([open])');
      if (closed) {
        return;
      }
      var text = element.textContent;
      var button = document.createElement('button');
      element.dataset.offered = '';
      button.type = 'button';
      button.className = 'copy';
      button.textContent = 'Copy ' + element.dataset.copy;
      button.addEventListener('click', function () {
        var done = copy(text);
        button.textContent = done ? 'Copied' : 'Not copied';
        button.focus();
        setTimeout(function () { button.textContent = 'Copy ' + element.dataset.copy; }, 2000);
      });
      element.after(' ', button);
    });
  }

  document.querySelectorAll('form.filter').forEach(filter);
  document.addEventListener('toggle', function (event) { offerCopy(event.target); }, true);
  offerCopy(document);
})();
