// A classic script: from a disk neither modules nor fetch work. Finds entries and guides by the words that stand in them; says, by the
// reader's own day, when the crisis numbers are old.
(function () {
  "use strict";
  var box = document.getElementById("q");
  var count = document.getElementById("count");
  var old = document.getElementById("old");
  var entries = Array.prototype.slice.call(document.querySelectorAll("[data-terms]"));
  var texts = entries.map(function (entry) { return " " + fold(entry.dataset.terms + " " + entry.textContent).replace(/[^\p{L}\p{N}]+/gu, " "); });
  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase().trim();
  }
  function stem(word) {
    return word.length > 4 ? word.replace(/(ing|ed|es|s|y|ies)$/, "") : word;
  }
  function show() {
    var words = fold(box.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(stem);
    var found = 0;
    entries.forEach(function (entry, index) {
      var fits = words.every(function (word) { return texts[index].indexOf(" " + word) >= 0; });
      entry.hidden = !fits;
      if (fits) found += 1;
    });
    Array.prototype.forEach.call(document.querySelectorAll(".entries>section"), function (section) {
      section.hidden = !section.querySelector("article:not([hidden])");
    });
    document.querySelector(".contents").hidden = words.length > 0;
    count.textContent = !words.length ? "" : !found ? count.dataset.none : (found === 1 ? count.dataset.one : count.dataset.other).replace("{count}", found);
  }
  document.getElementById("search").hidden = false;
  box.addEventListener("input", show);
  if (old) old.hidden = (Date.now() - Date.parse(old.dataset.asOf)) / 86400000 <= Number(old.dataset.limit);
}());
