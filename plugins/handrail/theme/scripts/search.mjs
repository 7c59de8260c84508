// Wakes the search in the header and on the find page.
if (document.querySelector("[data-hr-find]")) import("./search/find.mjs");
if (document.querySelector("[data-hr-search]")) import("./search/header.mjs");
