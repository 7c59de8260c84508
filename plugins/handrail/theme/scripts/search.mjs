// Wakes the search in the header and on the find page; where there is none, links lead on.
if (document.querySelector("[data-hr-find], [data-hr-search]")) import("./search/all.mjs").catch(() => {});
