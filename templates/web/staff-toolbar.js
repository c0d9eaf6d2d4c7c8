/* The buttons above a bulletin's text, tables made of cells, and pictures that are pasted or dropped.
   Without script the text is a plain field, and pictures are attached below. */
"use strict";
(function () {
	const form = document.getElementById("editor");
	const text = document.getElementById("text");
	const bar = document.getElementById("toolbar");
	const table = document.getElementById("table-maker");
	const picture = document.getElementById("picture-maker");
	const status = document.getElementById("toolbar-said");
	const buttons = Array.from(bar.querySelectorAll("button"));
	let pasted = null; /* the file that waits for its words */

	/* As if it were typed, so that the browser can undo it. */
	function put(words, from, to) {
		text.focus();
		text.setSelectionRange(from, to);
		if (!document.execCommand("insertText", false, words)) {
			text.setRangeText(words, from, to, "end");
			text.dispatchEvent(new Event("input", { bubbles: true }));
		}
	}
	function around(mark, empty) {
		const from = text.selectionStart, to = text.selectionEnd;
		const words = text.value.slice(from, to) || empty;

		put(mark + words + mark, from, to);
		text.setSelectionRange(from + mark.length, from + mark.length + words.length);
	}
	function lines(mark) {
		const from = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
		const end = text.value.indexOf("\n", text.selectionEnd);
		const to = end < 0 ? text.value.length : end;
		let n = 0;

		put(text.value.slice(from, to).split("\n").map(function (line) {
			n++;
			return mark.replace("1", n) + line;
		}).join("\n"), from, to);
	}
	/* A block of its own: with an empty line before and after it. */
	function block(words) {
		const at = text.selectionEnd, before = text.value.slice(0, at);
		const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";

		put(gap + words + "\n\n", at, at);
	}
	function link() {
		const from = text.selectionStart, to = text.selectionEnd;
		const words = text.value.slice(from, to) || "words of the link";

		put("[" + words + "](https://)", from, to);
		text.setSelectionRange(from + words.length + 11, from + words.length + 11);
	}
	const acts = {
		section: function () { lines("## "); },
		heading: function () { lines("### "); },
		bold: function () { around("**", "bold words"); },
		italic: function () { around("*", "words"); },
		link: link,
		list: function () { lines("- "); },
		numbers: function () { lines("1. "); },
		quote: function () { lines("> "); },
		table: function () { table.showModal(); },
		picture: function () { document.getElementById("picture").click(); },
	};

	/* One stop of the Tab key; the arrows go from button to button (WAI-ARIA toolbar). */
	function rove(to) {
		buttons.forEach(function (one) { one.tabIndex = one === to ? 0 : -1; });
		to.focus();
	}
	bar.addEventListener("keydown", function (event) {
		const at = buttons.indexOf(document.activeElement);
		const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];

		if (at < 0 || to === undefined)
			return;
		event.preventDefault();
		rove(buttons[(to + buttons.length) % buttons.length]);
	});
	bar.addEventListener("click", function (event) {
		const act = event.target.closest("button");

		if (act && acts[act.dataset.act])
			acts[act.dataset.act]();
	});
	text.addEventListener("keydown", function (event) {
		const act = { b: "bold", i: "italic", k: "link" }[event.key];

		if (!act || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
			return;
		event.preventDefault();
		acts[act]();
	});

	/* Cells with tabs between them, as spreadsheets copy them. */
	function markdown(rows) {
		const width = Math.max.apply(null, rows.map(function (row) { return row.length; }));
		const line = function (row) {
			const cells = Array.from({ length: width }, function (_, i) {
				return (row[i] || "").trim().replace(/\|/g, "\\|") || " ";
			});
			return "| " + cells.join(" | ") + " |";
		};

		return [line(rows[0]), "|" + " --- |".repeat(width)].concat(rows.slice(1).map(line)).join("\n");
	}
	function number(id) {
		return Math.min(Math.max(parseInt(document.getElementById(id).value, 10) || 2, 1), 20);
	}
	table.addEventListener("close", function () {
		const cells = document.getElementById("table-cells");
		let rows;

		text.focus();
		if (table.returnValue !== "insert")
			return;
		rows = cells.value.replace(/\r/g, "").split("\n").filter(Boolean).map(function (row) {
			return row.split("\t");
		});
		if (!rows.length)
			rows = Array.from({ length: number("table-rows") + 1 }, function (_, r) {
				return Array.from({ length: number("table-columns") }, function (__, c) {
					return r ? "" : "Heading " + (c + 1);
				});
			});
		cells.value = "";
		block(markdown(rows));
	});

	/* A picture needs words for those who do not see it, before it is kept. */
	function take(files) {
		const file = Array.from(files).find(function (one) { return /^image\//.test(one.type); });

		if (!file || form.dataset.saves !== "yes")
			return false;
		pasted = file;
		document.getElementById("picture-alt").value = "";
		picture.returnValue = "";
		picture.showModal();
		return true;
	}
	text.addEventListener("paste", function (event) {
		if (!event.clipboardData.getData("text/plain") && take(event.clipboardData.files))
			event.preventDefault();
	});
	text.addEventListener("drop", function (event) {
		if (take(event.dataTransfer.files))
			event.preventDefault();
	});
	async function keep(file, words) {
		const body = new FormData(form);
		const kind = file.type.slice("image/".length).replace("jpeg", "jpg");

		body.set("then", "paste");
		body.set("picture", file, "picture-" + Date.now().toString(36) + "." + kind);
		const answer = await fetch(form.action, { method: "POST", body: body });
		if (!answer.ok)
			throw new Error("it was not kept. Save, then attach it below");
		const told = await answer.json();
		if (told.hash)
			form.elements.hash.value = told.hash;
		if (!told.picture)
			throw new Error(told.words || "this bulletin has been changed elsewhere. Press Save");
		block("![" + words.replace(/[[\]]/g, "") + "](" + told.picture + ")");
		status.textContent = told.picture + " is attached.";
	}
	picture.addEventListener("close", function () {
		const file = pasted, words = document.getElementById("picture-alt").value.trim();

		pasted = null;
		text.focus();
		if (!file || picture.returnValue !== "insert" || !words)
			return;
		status.textContent = "The picture is being attached.";
		keep(file, words).catch(function (e) {
			status.textContent = "The picture is not attached: " + e.message + ".";
		});
	});
	bar.hidden = false;
	buttons.forEach(function (one, i) { one.tabIndex = i ? -1 : 0; });
})();
