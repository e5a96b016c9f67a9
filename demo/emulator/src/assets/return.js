// Returns to the service by itself after a while, as the app does.
const link = document.querySelector("a[data-seconds]");
if (link) setTimeout(() => location.assign(link.href), Number(link.dataset.seconds) * 1000);
