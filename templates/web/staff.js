/* What makes the staff's pages quicker; without it every one of them still works. */
"use strict";
(function () {
	/* Keys: an element says by data-key which one it answers to. They can be switched off. */
	let went = 0; /* when g was pressed: g and then a letter goes to a place */

	function keysAreOn() {
		try {
			return window.localStorage.getItem("mercat-keys") !== "off";
		} catch (e) {
			return true; /* a browser that keeps nothing */
		}
	}
	function writing(at) {
		return at.isContentEditable || /^(TEXTAREA|SELECT)$/.test(at.tagName) ||
			(at.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(at.type));
	}
	function isShown(element) {
		return element.getClientRects().length > 0;
	}
	function answersTo(key) {
		const all = document.querySelectorAll("[data-key]");

		return Array.prototype.find.call(all, function (e) {
			return e.getAttribute("data-key") === key && isShown(e);
		});
	}
	function reach(element) {
		const group = element.closest("details");

		if (element.tagName === "SUMMARY") {
			group.open = !group.open;
			const field = group.querySelector("input:not([type=hidden]), select, textarea");
			(group.open && field ? field : element).focus();
		} else if (/^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName)) {
			element.focus();
			element.scrollIntoView({ block: "nearest" });
		} else {
			element.click();
		}
	}
	function showKeys() {
		const dialog = document.getElementById("keys");

		if (dialog && !dialog.open)
			dialog.showModal();
	}

	document.querySelectorAll("[data-copy]").forEach(function (button) {
		const text = document.getElementById(button.dataset.copy);

		button.hidden = false;
		button.addEventListener("click", function () {
			text.select();
			const said = document.getElementById(text.id + "-copied");

			(navigator.clipboard ? navigator.clipboard.writeText(text.value) : Promise.reject())
				.catch(function () { document.execCommand("copy"); })
				.then(function () { said.textContent = "Copied."; });
		});
	});

	document.addEventListener("keydown", function (event) {
		const key = event.key;
		let found;

		if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
			return;
		if (key === "Escape") {
			document.querySelectorAll("details.pop[open]").forEach(function (d) {
				d.open = false;
				d.querySelector("summary").focus();
			});
			if (writing(event.target))
				event.target.blur();
			return;
		}
		if (writing(event.target) || document.querySelector("dialog[open]") || !keysAreOn())
			return;
		if (key === "?") {
			showKeys();
			return;
		}
		if (key === "g") {
			went = event.timeStamp;
			return;
		}
		if (key === "/") {
			found = document.querySelector("main input[type=search], .search input");
			found = document.querySelector(".search input") || found;
			if (found)
				found.select();
		} else if (went && event.timeStamp - went < 1500 && key === "q") {
			found = document.querySelector("[data-key=q]");
			window.location = found ? found.href : "/staff/responses";
			found = null;
		} else if (key.length === 1 && key !== "q") {
			found = answersTo(key);
		}
		went = 0;
		if (!found)
			return;
		event.preventDefault();
		reach(found);
	});

	/* The list of keys, and the switch. */
	document.querySelectorAll("[data-keys]").forEach(function (button) {
		button.hidden = false;
		button.addEventListener("click", showKeys);
	});
	const keysSwitch = document.getElementById("keys-on");
	if (keysSwitch) {
		keysSwitch.checked = keysAreOn();
		keysSwitch.addEventListener("change", function () {
			try {
				window.localStorage.setItem("mercat-keys", keysSwitch.checked ? "on" : "off");
			} catch (e) {
				keysSwitch.checked = true;
			}
		});
	}

	/* What cannot be undone is asked for once more. */
	document.addEventListener("submit", function (event) {
		const button = event.submitter;
		const question = button && button.getAttribute("data-ask");

		if (question && !window.confirm(question))
			event.preventDefault();
	});

	/* A form that was sent is not sent again by a second click, for as long as an answer
	 * may take; nor is it dead when somebody comes back to the page. */
	const sent = new WeakSet();

	document.addEventListener("submit", function (event) {
		const form = event.target;
		const button = event.submitter;

		if (form.method !== "post" || event.defaultPrevented)
			return;
		if ((button && button.formTarget) || form.target) /* a preview beside the page */
			return;
		if (sent.has(form)) {
			event.preventDefault();
			return;
		}
		window.setTimeout(function () {
			if (event.defaultPrevented) /* another script sends it */
				return;
			sent.add(form);
			window.setTimeout(function () { sent.delete(form); }, 4000);
		}, 0);
	});
})();
