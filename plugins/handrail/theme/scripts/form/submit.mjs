// Where a finished file goes: the new-file page of the repository, its editor, an e-mail. No request is made here.
const LONGEST = 8000;
const LONGEST_MAIL = 1900;
const path = (file) => file.split("/").map(encodeURIComponent).join("/");

// What each host takes in an address, as read in 2026:
// GitHub fills a new file from "filename" and "value"; it chose not to document that (github/docs#30967). Its servers refuse addresses of more than
// 8,191 bytes (github/docs#5136). The editor of a file that exists takes nothing. Whoever may not write is asked to fork first (github/docs#36077).
// Forgejo, which Codeberg runs, and Gitea fill both pages from "value", and the name, folders too, from "filename" (go-gitea/gitea#16556 and the
// script of their editor). In Forgejo the page exists only for people who may write: everyone else needs a fork first (go-gitea/gitea#9017).
// GitLab takes "file_name". Its server reads "content" too, but its editor then shows an empty page (gitlab-org/gitlab, work items 594214 and 337038).
const HOSTS = {
  github: { newFile: (url, branch) => `${url}/new/${branch}`, edit: "edit", name: "filename", fills: "new" },
  gitlab: { newFile: (url, branch) => `${url}/-/new/${branch}`, edit: "-/edit", name: "file_name", fills: "" },
  forgejo: { newFile: (url, branch) => `${url}/_new/${branch}`, edit: "_edit", name: "filename", fills: "new and edit" },
};

/** The page of the host for a new file; `filled` tells whether it opens with the text in it. */
export function newFile(repository, file, text) {
  if (!repository) return null;
  const host = HOSTS[repository.kind];
  return short(`${host.newFile(repository.url, path(repository.branch))}?${host.name}=${encodeURIComponent(file)}`, "&", text, host.fills.includes("new"));
}

/** The editor of the host for a file that exists. */
export function editFile(repository, file, text) {
  if (!repository) return null;
  const host = HOSTS[repository.kind];
  return short(`${repository.url}/${host.edit}/${path(repository.branch)}/${path(file)}`, "?", text, host.fills.includes("edit"));
}

function short(empty, mark, text, fills) {
  const full = `${empty}${mark}value=${encodeURIComponent(text)}`;
  return fills && full.length <= LONGEST ? { href: full, filled: true } : { href: empty, filled: false };
}

/** The page that shows a file that exists, where it can be downloaded. */
export function viewFile(repository, file) {
  if (!repository) return null;
  const { url, kind } = repository;
  const branch = path(repository.branch);
  const middle = { gitlab: `-/blob/${branch}`, forgejo: `src/branch/${branch}` }[kind] ?? `blob/${branch}`;
  return `${url}/${middle}/${path(file)}`;
}

/** A `mailto:` link that carries the text, or one without it when links get too long for mail programs. */
export function mail(address, subject, body) {
  const start = `mailto:${encodeURIComponent(address).replaceAll("%40", "@").replaceAll("%2B", "+")}?subject=${encodeURIComponent(subject)}`;
  const full = `${start}&body=${encodeURIComponent(body)}`;
  return full.length <= LONGEST_MAIL ? { href: full, filled: true } : { href: start, filled: false };
}
