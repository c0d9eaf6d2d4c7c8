/* Words to be redacted: selected with the mouse, or with the arrow keys. */
"use strict";
(function () {
	const form = document.getElementById("redact-form");
	const texts = Array.from(document.querySelectorAll(".redact-words"));
	let caret = null; /* {element, words, anchor, at} */

	/* Characters as the server counts them: code points, of the whole part. */
	function count(text) {
		return Array.from(text).length;
	}
	function pointAt(element, n) {
		const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
		let node = walker.nextNode(), last = node;

		while (node && n > node.data.length) {
			n -= node.data.length;
			last = node;
			node = walker.nextNode();
		}
		return node ? [node, n] : [last, last.data.length];
	}
	function offsetIn(element, node, at) {
		const range = document.createRange();

		range.setStart(element, 0);
		range.setEnd(node, at);
		return range.toString().length;
	}
	function take(element, from, to) {
		const text = element.textContent;

		while (from < to && /\s/.test(text[from]))
			from++;
		while (to > from && /\s/.test(text[to - 1]))
			to--;
		if (from >= to)
			return false;
		form.elements.place.value = element.getAttribute("data-part") + ":" +
			count(text.slice(0, from)) + "~" + count(text.slice(0, to));
		form.elements.words.value = text.slice(from, to).replace(/\s+/g, " ").slice(0, 2000);
		return true;
	}
	function taken() {
		const selection = window.getSelection();
		let range, element;

		if (!selection.rangeCount || selection.isCollapsed)
			return;
		range = selection.getRangeAt(0);
		element = texts.find(function (one) { return one.contains(range.startContainer); });
		if (!element)
			return;
		take(element, offsetIn(element, range.startContainer, range.startOffset),
			element.contains(range.endContainer)
				? offsetIn(element, range.endContainer, range.endOffset)
				: element.textContent.length);
	}
	function mark() {
		const from = Math.min(caret.anchor, caret.at), to = Math.max(caret.anchor, caret.at);
		const first = pointAt(caret.element, caret.words[from].index);
		const last = pointAt(caret.element, caret.words[to].index + caret.words[to][0].length);

		window.getSelection().setBaseAndExtent(first[0], first[1], last[0], last[1]);
		last[0].parentElement.scrollIntoView({ block: "nearest" });
	}
	function begin() {
		const element = texts[0];
		const words = element ? Array.from(element.textContent.matchAll(/\S+/g)) : [];

		if (!words.length)
			return;
		caret = { element: element, words: words, anchor: 0, at: 0 };
		element.focus();
		mark();
	}
	function inText(event) {
		const step = { ArrowRight: 1, ArrowDown: 10, ArrowLeft: -1, ArrowUp: -10 }[event.key];

		if (step) {
			event.preventDefault();
			caret.at = Math.max(0, Math.min(caret.words.length - 1, caret.at + step));
			if (!event.shiftKey)
				caret.anchor = caret.at;
			mark();
		} else if (event.key === "Enter") {
			event.preventDefault();
			taken();
			form.elements.reason.focus();
		} else if (event.key === "Escape") {
			caret = null;
			window.getSelection().removeAllRanges();
		}
	}

	if (!form || !texts.length)
		return;
	document.addEventListener("mouseup", function (event) {
		if (!form.contains(event.target))
			taken();
	});
	/* Typed words are looked for wherever they stand. */
	form.elements.words.addEventListener("input", function () { form.elements.place.value = ""; });
	texts.forEach(function (element) {
		element.addEventListener("keydown", function (event) {
			if (caret && caret.element === element)
				inText(event);
		});
	});
	document.addEventListener("keydown", function (event) {
		const at = document.activeElement;

		if (event.key !== "v" || event.ctrlKey || event.altKey || event.metaKey ||
			(at && /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)))
			return;
		event.preventDefault();
		begin();
	});
})();
