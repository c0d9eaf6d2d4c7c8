/* The preview and the checks follow what is written, and a draft is saved by itself. */
"use strict";
(function () {
	const form = document.getElementById("editor");
	const text = document.getElementById("text");
	const findings = document.getElementById("findings");
	const frame = document.getElementById("preview");
	const button = document.getElementById("preview-button");
	const widths = document.getElementById("widths");
	const status = document.getElementById("saved");
	const PAUSE = 1500; /* ms without a key before it is saved ... */
	const APART = 8000; /* ... and from one save to the next */
	let saved = words();
	let leaving = false;
	let shown = 0;
	let saving = 0;
	let under_way = false;
	let waiting = null; /* the button that was pressed meanwhile */
	let last = 0;
	let saves = form.dataset.saves === "yes";
	let asked = 0;

	/* All that is written, without what the page itself has put there. */
	function words() {
		const own = ["csrf", "hash", "state", "over", "aside", "as", "topics", "picture", "then", "of"];

		return JSON.stringify(Array.from(new FormData(form)).filter(function (one) {
			return !own.includes(one[0]);
		}));
	}
	function sent(then) {
		const body = new FormData(form);

		body.delete("picture");
		body.set("then", then);
		return body;
	}
	function preview() {
		form.requestSubmit(button);
	}
	async function check() {
		const mine = ++asked;
		const folded = findings.querySelector("details[open]");
		const body = new URLSearchParams(sent("check"));
		const answer = await fetch(findings.dataset.check, { method: "POST", body: body });

		if (!answer.ok || mine !== asked)
			return;
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		findings.replaceChildren(...page.body.childNodes);
		if (folded && findings.querySelector("details"))
			findings.querySelector("details").open = true;
	}
	function say(sentence, path, link) {
		status.replaceChildren(sentence);
		if (path) {
			const a = document.createElement("a");

			a.href = path;
			a.textContent = link;
			status.append(" ", a);
		}
	}
	/* Another version stands, or it may not be changed any more: a person decides, and what is
	 * written goes on being kept beside it. */
	function heard(told, written) {
		if (told.aside)
			form.elements.aside.value = told.aside;
		if (told.outcome === "saved" || told.outcome === "same") {
			form.elements.hash.value = told.hash;
			saved = written;
			say("Saved " + told.at);
		} else if (told.outcome === "clash") {
			saved = written;
			say("This bulletin has been saved elsewhere since you opened it. Your version is " +
				"kept aside (" + told.at + ").", "?kept=" + told.aside, "Compare the two");
		} else {
			saves = false;
			say(told.outcome === "moved" ? "Not saved: this bulletin has been approved since you " +
				"opened it. Press Save if it is to be changed all the same." :
				"Not saved. " + told.words);
		}
	}
	async function save() {
		const written = words();

		if (!saves || under_way || leaving || written === saved)
			return;
		under_way = true;
		last = Date.now();
		try {
			const answer = await fetch(form.action, { method: "POST", body: sent("auto") });

			if (answer.ok)
				heard(await answer.json(), written);
			else
				say("Not saved: you are signed out. Sign in in another tab, then press Save here.");
		} catch (e) {
			say("Not saved: the program cannot be reached. It is tried again.");
		}
		under_way = false;
		if (waiting) {
			const pressed = waiting;

			waiting = null;
			form.requestSubmit(pressed);
			return;
		}
		if (words() !== saved)
			save_later();
	}
	function save_later() {
		clearTimeout(saving);
		saving = setTimeout(save, Math.max(PAUSE, last + APART - Date.now()));
	}
	function later() {
		clearTimeout(shown);
		shown = setTimeout(function () {
			preview();
			check().catch(function () {});
		}, 600);
		if (!saves)
			return;
		if (words() !== saved)
			say("Not saved yet.");
		save_later();
	}
	form.addEventListener("input", function (event) {
		if (event.target.name !== "as" && event.target.name !== "topics" &&
			event.target.name !== "picture" && event.target.name !== "of")
			later();
	});
	form.elements.as.addEventListener("change", preview);
	form.elements.topics.addEventListener("change", preview);
	/* A picture that is chosen is attached, with everything that is written. */
	form.elements.picture.addEventListener("change", function () {
		if (form.elements.picture.value)
			form.requestSubmit(document.querySelector("button[value=attach]"));
	});
	form.addEventListener("submit", function (event) {
		if (event.submitter === button)
			return;
		if (under_way) { /* else it would be saved on an older version than its own */
			event.preventDefault();
			waiting = event.submitter;
			return;
		}
		leaving = true;
	});
	window.addEventListener("pageshow", function () {
		leaving = false;
	});
	window.addEventListener("beforeunload", function (event) {
		if (!leaving && (words() !== saved || form.dataset.unsaved))
			event.preventDefault();
	});
	/* A finding's line: put the cursor there. */
	findings.addEventListener("click", function (event) {
		const line = event.target.dataset && event.target.dataset.line;

		if (!line)
			return;
		event.preventDefault();
		const lines = text.value.split("\n");
		const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);

		text.focus();
		text.setSelectionRange(from, from + (lines[line - 1] || "").length);
		text.scrollTop = (line - 4) * parseFloat(getComputedStyle(text).lineHeight);
	});
	widths.hidden = false;
	button.classList.add("visually-hidden"); /* it follows by itself now */
	button.tabIndex = -1;
	widths.addEventListener("click", function (event) {
		const width = event.target.dataset.width;

		if (!width)
			return;
		frame.classList.toggle("phone", width === "phone");
		for (const one of widths.children)
			one.setAttribute("aria-pressed", String(one === event.target));
	});
	if (form.elements.aside.value || form.dataset.unsaved)
		preview(); /* what stands in the fields is not what is saved */
	document.addEventListener("keydown", function (event) {
		if ((event.ctrlKey || event.metaKey) && event.key === "s") {
			event.preventDefault();
			form.requestSubmit(document.getElementById("save"));
		}
	});
})();
