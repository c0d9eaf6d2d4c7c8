/* Codes on a response: select words with mouse or keys, choose a code in a small picker. */
"use strict";
(function () {
	const place = document.getElementById("response") || document.body;
	let codes = null; /* {make, codes}: asked for once */
	let chosen = null; /* {part, from, to, question, range} */
	let caret = null; /* {element, words, anchor, at} while words are selected by keys */
	let picker = null;
	let placing = null; /* {id, name} of a code whose words are sought */

	/* Characters as the server counts them: code points, of the whole part. */
	function count(text) {
		return Array.from(text).length;
	}
	function wordsOf(node) {
		const element = node && (node.nodeType === 1 ? node : node.parentElement);

		return element ? element.closest(".coded-words") : null;
	}
	function offsetIn(element, node, at) {
		const range = document.createRange();

		range.setStart(element, 0);
		range.setEnd(node, at);
		return range.toString().length;
	}
	/* Where in the text nodes of an element the n-th UTF-16 unit is. */
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
	function rangeOf(element, from, to) {
		const range = document.createRange();

		range.setStart.apply(range, pointAt(element, from));
		range.setEnd.apply(range, pointAt(element, to));
		return range;
	}
	/* Whether a letter stands on both sides of that place, or joins them: "child's", "well-kept". */
	function inWord(text, at) {
		/* Scripts that put no blank between words have no half ones to see. */
		const letter = /(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}])[\p{L}\p{N}\p{M}]/u;
		const joint = /[-'’\u00ad\ud800-\udfff]/;
		const before = text[at - 1] || "", after = text[at] || "";

		return (letter.test(before) && letter.test(after)) ||
			(joint.test(before) && letter.test(after) && letter.test(text[at - 2] || "")) ||
			(letter.test(before) && joint.test(after) && letter.test(text[at + 1] || "")) ||
			/[\ud800-\udbff]/.test(before) && /[\udc00-\udfff]/.test(after);
	}
	function passage(element, from, to) {
		const text = element.textContent;
		const begin = Number(element.getAttribute("data-from"));

		return {
			part: element.getAttribute("data-part"),
			question: element.getAttribute("data-question"),
			from: begin + count(text.slice(0, from)),
			to: begin + count(text.slice(0, to)),
			range: rangeOf(element, from, to),
		};
	}
	/* What is selected in the text; a selection over two stretches ends with the first. */
	function selected() {
		const selection = window.getSelection();
		let range, element, from, to, text;

		if (!selection.rangeCount || selection.isCollapsed)
			return null;
		range = selection.getRangeAt(0);
		element = wordsOf(range.startContainer);
		if (!element || !place.contains(element))
			return null;
		text = element.textContent;
		from = offsetIn(element, range.startContainer, range.startOffset);
		to = wordsOf(range.endContainer) === element
			? offsetIn(element, range.endContainer, range.endOffset) : text.length;
		while (from < to && /\s/.test(text[from]))
			from++;
		while (to > from && /\s/.test(text[to - 1]))
			to--;
		/* Whole words: nobody means the half of one, and it would be quoted so. */
		while (from > 0 && from < to && inWord(text, from))
			from--;
		while (to > from && inWord(text, to))
			to++;
		return from < to ? passage(element, from, to) : null;
	}
	function light(range) {
		if (!window.CSS || !CSS.highlights || !window.Highlight)
			return;
		if (range)
			CSS.highlights.set("chosen", new Highlight(range));
		else
			CSS.highlights.delete("chosen");
	}

	/* The picker. */
	function closePicker(back) {
		if (!picker)
			return;
		picker.remove();
		picker = null;
		light(null);
		if (back && caret)
			caret.element.focus();
	}
	function put(code, name) {
		const form = document.getElementById("code-form");

		form.elements.code.value = code || "";
		form.elements["new"].value = name || "";
		form.elements.place.value = chosen.part + ":" + chosen.from + "~" + chosen.to;
		window.getSelection().removeAllRanges();
		closePicker(false);
		endCaret();
		form.requestSubmit();
	}
	function serves(code) {
		return !code.questions || code.questions.split(",").indexOf(chosen.question) >= 0;
	}
	function fitting(typed) {
		const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
		const found = codes.codes.filter(function (code) {
			const name = code.name.toLowerCase();

			return words.every(function (word) { return name.indexOf(word) >= 0; });
		});

		found.sort(function (a, b) { return serves(b) - serves(a); });
		return found;
	}
	function mark(list, item) {
		list.querySelectorAll("[aria-selected=true]").forEach(function (other) {
			other.setAttribute("aria-selected", "false");
		});
		list.previousElementSibling.removeAttribute("aria-activedescendant");
		if (!item)
			return;
		item.setAttribute("aria-selected", "true");
		item.scrollIntoView({ block: "nearest" });
		list.previousElementSibling.setAttribute("aria-activedescendant", item.id);
	}
	function option(list, id, text, className, act) {
		const item = document.createElement("li");

		item.id = id;
		item.className = className;
		item.setAttribute("role", "option");
		item.setAttribute("aria-selected", "false");
		item.textContent = text;
		item.addEventListener("mousedown", function (event) {
			event.preventDefault();
			act();
		});
		item.act = act;
		list.append(item);
		return item;
	}
	function fill(list, typed) {
		const found = fitting(typed), name = typed.trim();

		list.replaceChildren();
		found.forEach(function (code) {
			const item = option(list, "pick-" + code.id, code.name, code.colour, function () {
				put(code.id, "");
			});

			item.title = code.definition;
			if (!serves(code)) {
				const note = document.createElement("span");

				note.className = "elsewhere";
				note.textContent = " (for question " + code.questions + ")";
				item.append(note);
			}
		});
		if (codes.make && name && !found.some(function (code) {
			return code.name.toLowerCase() === name.toLowerCase();
		}))
			option(list, "pick-new", "Add “" + name + "” as a new code", "", function () {
				put("", name);
			});
		/* Never by Enter alone: a new code is gone to first. */
		mark(list, found.length ? list.firstElementChild : null);
	}
	function keysOfPicker(event, list) {
		const items = Array.from(list.children);
		const at = items.findIndex(function (i) { return i.getAttribute("aria-selected") === "true"; });

		if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			const step = event.key === "ArrowDown" ? 1 : items.length - 1;

			event.preventDefault();
			if (items.length)
				mark(list, items[at < 0 ? (step === 1 ? 0 : items.length - 1)
					: (at + step) % items.length]);
		} else if (event.key === "Enter") {
			event.preventDefault();
			if (items[at])
				items[at].act();
		} else if (event.key === "Escape") {
			event.preventDefault();
			event.stopPropagation();
			closePicker(true);
		}
	}
	function openBox(label) {
		const box = document.createElement("div");

		closePicker(false);
		picker = box;
		box.className = "picker";
		box.setAttribute("role", "dialog");
		box.setAttribute("aria-label", label);
		document.body.append(box);
		box.addEventListener("focusout", function (event) {
			if (picker === box && event.relatedTarget && !box.contains(event.relatedTarget))
				closePicker(false);
		});
		light(chosen.range);
		return box;
	}
	function showPicker() {
		const box = openBox("Put a code on these words"), label = document.createElement("label");
		const input = document.createElement("input"), list = document.createElement("ul");
		const hint = document.createElement("p");

		label.textContent = "Code";
		label.htmlFor = "picker-filter";
		input.type = "text";
		input.id = "picker-filter";
		input.autocomplete = "off";
		input.maxLength = 80;
		input.setAttribute("role", "combobox");
		input.setAttribute("aria-expanded", "true");
		input.setAttribute("aria-controls", "picker-list");
		list.id = "picker-list";
		list.setAttribute("role", "listbox");
		list.setAttribute("aria-label", "Codes");
		hint.className = "hint";
		hint.textContent = codes.codes.length || codes.make
			? "Type to filter, Enter puts it on. A new code: arrow down to it first." : "There is no code yet.";
		box.append(label, input, list, hint);
		placePicker();
		fill(list, "");
		input.addEventListener("input", function () { fill(list, input.value); });
		input.addEventListener("keydown", function (event) { keysOfPicker(event, list); });
		show(box, input);
	}
	function show(box, first) {
		first.focus({ preventScroll: true });
		if (box.getBoundingClientRect().bottom > window.innerHeight)
			box.scrollIntoView({ block: "nearest" });
	}

	/* A code that needs re-anchoring: the next words that are chosen are where it stands. */
	function startPlacing(link) {
		const banner = document.createElement("div"), words = document.createElement("p");
		const leave = document.createElement("button");

		endPlacing();
		placing = { id: link.getAttribute("data-place"), name: link.getAttribute("data-code") };
		banner.className = "panel placing";
		banner.id = "placing";
		words.textContent = "Select the words where “" + placing.name +
			"” stands: with the mouse, or with the arrow keys and Shift, then Enter.";
		leave.type = "button";
		leave.className = "second small";
		leave.textContent = "Leave it";
		leave.addEventListener("click", function () { endPlacing(); });
		banner.append(words, leave);
		place.querySelector(".code-tools").before(banner);
		banner.scrollIntoView({ block: "center" });
		startCaret();
		tell(words.textContent);
	}
	function endPlacing() {
		const banner = document.getElementById("placing");

		placing = null;
		closePicker(false);
		endCaret();
		if (banner)
			banner.remove();
	}
	function askToPlace() {
		const question = "Does “" + placing.name + "” stand on these words?";
		const box = openBox(question), words = document.createElement("p");
		const yes = document.createElement("button"), no = document.createElement("button");

		words.textContent = question;
		yes.type = no.type = "button";
		yes.textContent = "Place it here";
		no.textContent = "Choose other words";
		no.className = "second";
		yes.addEventListener("click", function () {
			const form = document.getElementById("place-form");

			form.elements.coding.value = placing.id;
			form.elements.place.value = chosen.part + ":" + chosen.from + "~" + chosen.to;
			window.getSelection().removeAllRanges();
			endPlacing();
			form.requestSubmit();
		});
		no.addEventListener("click", function () { closePicker(true); });
		box.addEventListener("keydown", function (event) {
			if (event.key !== "Escape")
				return;
			event.preventDefault();
			event.stopPropagation();
			closePicker(true);
		});
		box.append(words, yes, no);
		placePicker();
		show(box, yes);
	}
	function linkIn(hash) {
		const found = /^#place-(\d+)$/.exec(hash);

		return found && place.querySelector('[data-place="' + found[1] + '"]');
	}
	document.addEventListener("click", function (event) {
		const link = event.target.closest("[data-place]");

		if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey)
			return;
		event.preventDefault();
		startPlacing(link);
	});
	document.addEventListener("keydown", function (event) {
		if (event.key === "Escape" && placing && !picker && !caret)
			endPlacing();
	});
	/* Below the words, inside the window; again when the window changes. */
	function placePicker() {
		const at = picker && chosen.range.getBoundingClientRect();

		if (!picker)
			return;
		picker.style.setProperty("--left", Math.max(8, at.left + window.scrollX) + "px");
		picker.style.top = Math.min(at.bottom + 8 + window.scrollY,
			window.scrollY + window.innerHeight - 60) + "px";
	}
	window.addEventListener("resize", placePicker);
	function pick(what) {
		const tools = place.querySelector("[data-codes]");

		chosen = what;
		if (!chosen || !tools)
			return;
		if (placing) {
			askToPlace();
			return;
		}
		(codes ? Promise.resolve(codes) : fetch(tools.getAttribute("data-codes"), {
			credentials: "same-origin",
		}).then(function (answer) {
			return answer.json();
		})).then(function (found) {
			codes = found;
			showPicker();
		}).catch(function () { window.location.reload(); });
	}

	/* With the mouse: a click elsewhere chooses nothing, though words may be selected. */
	let pressed = false;

	document.addEventListener("mousedown", function (event) {
		pressed = Boolean(wordsOf(event.target));
	});
	document.addEventListener("mouseup", function (event) {
		if (event.button || (picker && picker.contains(event.target)))
			return;
		window.setTimeout(function () {
			const what = pressed && selected();

			if (what && place.querySelector("[data-codes]"))
				pick(what);
			else
				closePicker(false);
		}, 0);
	});

	/* With keys: a word is selected; arrows go on, Shift widens, Enter chooses. */
	function startCaret() {
		const all = Array.from(place.querySelectorAll(".coded-words"));
		const visible = all.find(function (e) {
			return e.getBoundingClientRect().bottom > 80 && /\S/.test(e.textContent);
		});

		if (visible)
			enter(visible, 0);
	}
	function enter(element, at) {
		const words = Array.from(element.textContent.matchAll(/\S+/g), function (m) {
			return [m.index, m.index + m[0].length];
		});

		if (!words.length)
			return;
		endCaret();
		at = at < 0 ? words.length - 1 : at;
		caret = { element: element, words: words, anchor: at, at: at };
		element.tabIndex = -1;
		element.setAttribute("role", "application");
		element.setAttribute("aria-label", "Select words: arrows, Shift and arrows, Enter, Escape");
		element.focus({ preventScroll: true });
		showCaret();
	}
	function endCaret() {
		if (!caret)
			return;
		caret.element.removeAttribute("role");
		caret.element.removeAttribute("aria-label");
		caret.element.removeAttribute("tabindex");
		caret = null;
		light(null);
		tell("");
	}
	function tell(words) {
		const told = document.getElementById("told");

		if (told)
			told.textContent = words;
	}
	function span() {
		const a = Math.min(caret.anchor, caret.at), b = Math.max(caret.anchor, caret.at);

		return [caret.words[a][0], caret.words[b][1]];
	}
	function showCaret() {
		const at = span(), range = rangeOf(caret.element, at[0], at[1]);
		const selection = window.getSelection(), box = rangeOf(caret.element,
			caret.words[caret.at][0], caret.words[caret.at][1]).getBoundingClientRect();

		selection.removeAllRanges();
		selection.addRange(range);
		light(range);
		tell(range.toString().slice(0, 200));
		if (box.top < 90 || box.bottom > window.innerHeight - 40)
			window.scrollBy(0, box.top - window.innerHeight / 2);
	}
	function line(step) {
		const words = caret.words, element = caret.element;
		const from = rangeOf(element, words[caret.at][0], words[caret.at][1]).getBoundingClientRect();
		let best = caret.at, row = null, near = Infinity;

		for (let i = caret.at + step; i >= 0 && i < words.length; i += step) {
			const box = rangeOf(element, words[i][0], words[i][1]).getBoundingClientRect();

			if (Math.abs(box.top - from.top) < from.height / 2)
				continue;
			if (row !== null && Math.abs(box.top - row) > from.height / 2)
				break;
			row = box.top;
			if (Math.abs(box.left - from.left) < near) {
				near = Math.abs(box.left - from.left);
				best = i;
			}
		}
		return row === null ? caret.at + step * words.length : best;
	}
	function step(event) {
		const ways = {
			ArrowRight: function () { return caret.at + 1; },
			ArrowLeft: function () { return caret.at - 1; },
			ArrowDown: function () { return line(1); },
			ArrowUp: function () { return line(-1); },
			Home: function () { return 0; },
			End: function () { return caret.words.length - 1; },
		};
		const all = Array.from(place.querySelectorAll(".coded-words"));
		let to, other;

		if (!ways[event.key])
			return false;
		to = ways[event.key]();
		if (!event.shiftKey && (to < 0 || to >= caret.words.length)) {
			other = all[all.indexOf(caret.element) + (to < 0 ? -1 : 1)];
			if (other && /\S/.test(other.textContent)) {
				enter(other, to < 0 ? -1 : 0);
				return true;
			}
		}
		caret.at = Math.max(0, Math.min(caret.words.length - 1, to));
		if (!event.shiftKey)
			caret.anchor = caret.at;
		showCaret();
		return true;
	}
	document.addEventListener("keydown", function (event) {
		if (!caret || picker || event.target !== caret.element ||
			event.ctrlKey || event.metaKey || event.altKey)
			return;
		if (event.key === "Enter") {
			const at = span();

			pick(passage(caret.element, at[0], at[1]));
		} else if (event.key === "Escape" || event.key === "Tab") {
			window.getSelection().removeAllRanges();
			endCaret();
			if (event.key === "Tab")
				return;
		} else if (!step(event)) {
			return;
		}
		event.preventDefault();
		event.stopPropagation();
	}, true);
	document.addEventListener("click", function (event) {
		if (event.target.closest("[data-caret]"))
			startCaret();
	});

	/* The buttons that need this script; also when the next response has come. */
	function ready() {
		place.querySelectorAll("[data-caret], [data-caret-help]").forEach(function (e) {
			e.hidden = false;
		});
	}
	new MutationObserver(function () {
		if (caret && !place.contains(caret.element))
			caret = null;
		if (placing && !document.getElementById("placing"))
			placing = null;
		ready();
	}).observe(place, { childList: true, subtree: false });
	ready();
	function placeByAddress() {
		const link = linkIn(window.location.hash);

		if (link)
			startPlacing(link);
	}
	window.addEventListener("hashchange", placeByAddress);
	placeByAddress();
})();
