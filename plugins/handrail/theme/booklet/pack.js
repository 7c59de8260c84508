// A classic script: from a disk neither modules nor fetch work. Finds entries by their words; says when the crisis numbers are old.
(function () {
  "use strict";
  var box = document.getElementById("q");
  var count = document.getElementById("count");
  var old = document.getElementById("old");
  var entries = Array.prototype.slice.call(document.querySelectorAll("[data-terms]"));
  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase().trim();
  }
  function stem(word) {
    return word.length > 4 ? word.replace(/(ing|ed|es|s|y|ies)$/, "") : word;
  }
  function show() {
    var words = fold(box.value).split(/\s+/).filter(Boolean).map(stem);
    var found = 0;
    entries.forEach(function (entry) {
      var fits = words.every(function (word) { return (" " + entry.dataset.terms).indexOf(" " + word) >= 0; });
      entry.hidden = !fits;
      if (fits) found += 1;
    });
    Array.prototype.forEach.call(document.querySelectorAll("main>section"), function (section) {
      section.hidden = !section.querySelector("article:not([hidden])");
    });
    document.querySelector(".contents").hidden = words.length > 0;
    count.textContent = words.length ? (found || count.dataset.none) : "";
  }
  document.getElementById("search").hidden = false;
  box.addEventListener("input", show);
  if (old) old.hidden = (Date.now() - Date.parse(old.dataset.made)) / 86400000 <= Number(old.dataset.limit);
}());
