// Where a finished file goes: the new-file page of the repository, its editor, an e-mail. No request is made here.
const LONGEST = 8000;
const LONGEST_MAIL = 1900;
const path = (file) => file.split("/").map(encodeURIComponent).join("/");

/** Addresses for a new file. `filled` tells whether the page opens with the text in it; GitLab takes the name only. */
export function newFile(repository, file, text) {
  if (!repository) return null;
  const { url, kind } = repository;
  const branch = path(repository.branch);
  const folder = file.slice(0, file.lastIndexOf("/") + 1);
  const [name, value] = [encodeURIComponent, encodeURIComponent].map((escape, at) => escape([file, text][at]));
  const empty = {
    gitlab: `${url}/-/new/${branch}?file_name=${name}`,
    forgejo: `${url}/_new/${branch}/${path(folder)}?filename=${encodeURIComponent(file.slice(folder.length))}`,
  }[kind] ?? `${url}/new/${branch}?filename=${name}`;
  const full = `${empty}&value=${value}`;
  return kind !== "gitlab" && full.length <= LONGEST ? { href: full, filled: true } : { href: empty, filled: false };
}

/** The address of the editor for a file that exists. No host takes a changed text in an address. */
export function editFile(repository, file) {
  if (!repository) return null;
  const { url, kind } = repository;
  const middle = { gitlab: "-/edit", forgejo: "_edit" }[kind] ?? "edit";
  return { href: `${url}/${middle}/${path(repository.branch)}/${path(file)}`, filled: false };
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
