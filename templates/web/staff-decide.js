/* A list of things to decide: each goes when it is decided, and the next one is at hand. */
"use strict";
(function () {
	const list = document.querySelector("[data-decide]");
	const told = document.getElementById("told");

	if (!list)
		return;
	function tell(sentence, wrong) {
		told.className = sentence ? "panel " + (wrong ? "warn" : "done") : "";
		told.textContent = sentence;
	}
	function next(item, value) {
		const other = item.nextElementSibling || item.previousElementSibling;
		const button = other && other.querySelector('button[value="' + value + '"]');

		item.remove();
		if (button) {
			button.focus();
		} else if (document.querySelector("a[rel=next]")) {
			window.location.reload();
		} else {
			told.textContent += " That was the last one.";
			told.tabIndex = -1;
			told.focus();
		}
	}
	document.addEventListener("submit", function (event) {
		const form = event.target, item = form.closest("[data-decide] > li");
		const value = event.submitter && event.submitter.value;

		if (!item || event.defaultPrevented)
			return;
		event.preventDefault();
		if (item.hasAttribute("aria-busy"))
			return;
		item.setAttribute("aria-busy", "true");
		fetch(form.action, {
			method: "POST", credentials: "same-origin",
			body: new URLSearchParams(new FormData(form, event.submitter)),
		}).then(function (answer) {
			return answer.text().then(function (text) {
				const page = new DOMParser().parseFromString(text, "text/html");
				const said = page.querySelector(answer.ok ? ".said p" : "main p");

				tell(said ? said.textContent : "That did not work. Load the page again.",
					!answer.ok);
				if (answer.ok)
					next(item, value);
			});
		}).catch(function () {
			tell("The server could not be reached, so nothing was changed. Try again.", true);
		}).finally(function () {
			item.removeAttribute("aria-busy");
		});
	});
})();
