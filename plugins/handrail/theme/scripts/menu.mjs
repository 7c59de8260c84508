// The menu is a popover and opens without this. Here: a link inside it to a place on this page closes it.
const menu = document.getElementById("hr-menu");
menu?.addEventListener("click", (event) => {
  if (event.target.closest("a") && menu.matches(":popover-open")) menu.hidePopover();
});
