#!/usr/bin/env node
/*
 * driver - a headless Chromium for the tests, told what to do by lines of JSON.
 *
 * One request a line on stdin, {"do": "open", ...}; one answer a line on stdout,
 * {"ok": ...} or {"error": "..."}. tests/e2e/browser.py is its other end. What a page must
 * never do (a dialog, a script error, a console error, a load from elsewhere) is
 * noted as it happens and handed out by "trouble".
 *
 * MERCAT_BROWSER is the folder that has the node_modules of package.json beside this.
 */
"use strict";
const fs = require("fs");
const os = require("os");
const path = require("path");
const readline = require("readline");
const { createRequire } = require("module");

const tools = createRequire(path.join(process.env.MERCAT_BROWSER, "node_modules") + path.sep);
const { chromium } = tools("playwright-core");
const axeSource = fs.readFileSync(tools.resolve("axe-core/axe.min.js"), "utf8");

// The same Chromium without what is around its pages: it opens one in less than half the time.
const SHELL = "/usr/bin/chromium-headless-shell";
const WHOLE = "/usr/bin/chromium";
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
	"--disable-background-networking", "--disable-component-update", "--disable-sync",
	"--disable-dev-shm-usage"];

// Far more than it takes anywhere, as SOON of tests/e2e/house.py. In milliseconds.
const LONGEST = 300000;

let browser, context, page, home, profile;
let trouble = [], loads = [];

function watch(p) {
	p.on("dialog", (d) => { trouble.push("dialog: " + d.message()); d.dismiss(); });
	p.on("pageerror", (e) => trouble.push("script: " + e.message));
	p.on("console", (m) => {
		// An answer such as 404 is told there, too: it is no fault of the page.
		if (m.type() === "error" && !/^Failed to load resource/.test(m.text()))
			trouble.push("console: " + m.text());
	});
	p.on("request", (r) => {
		const url = r.url();
		loads.push({ url, method: r.method(), referer: r.headers().referer || "" });
		if (home && !url.startsWith(home) && !/^(data|about):/.test(url))
			trouble.push("loads: " + url);
	});
	p.on("popup", (other) => { trouble.push("popup"); other.close(); });
}

async function closeContext() {
	if (context)
		await context.close();
	context = page = undefined;
	if (profile)
		fs.rmSync(profile, { recursive: true, force: true });
	profile = undefined;
}

// In a context that shares no cookie, cache or storage with another. The whole browser, with a
// profile, also does of its own accord what it thinks people may want next.
async function begin(whole, how) {
	if (whole) {
		profile = fs.mkdtempSync(path.join(os.tmpdir(), "mercat-chromium-"));
		return chromium.launchPersistentContext(profile,
			{ executablePath: WHOLE, headless: true, args: ARGS, ...how });
	}
	if (!browser)
		browser = await chromium.launch({
			executablePath: process.env.MERCAT_CHROMIUM || SHELL, headless: true, args: ARGS });
	return browser.newContext(how);
}

const acts = {
	// A new visitor: size, colours, language, scripts on or off.
	async visitor({ width = 1280, height = 900, dark = false, scripts = true,
		language = "en-GB", origin, headers = {}, forced = false, media = "screen",
		whole = false }) {
		await closeContext();
		home = origin;
		context = await begin(whole, {
			viewport: { width, height },
			colorScheme: dark ? "dark" : "light", javaScriptEnabled: scripts,
			locale: language, extraHTTPHeaders: headers,
			forcedColors: forced ? "active" : "none", reducedMotion: "reduce",
		});
		context.setDefaultTimeout(LONGEST);
		page = context.pages()[0] || await context.newPage();
		if (media !== "screen")
			await page.emulateMedia({ media });
		watch(page);
		trouble = [];
		loads = [];
	},
	// forced: the few colours that somebody has chosen for all pages. What is not said stays.
	async look({ width, height = 900, dark, print, forced }) {
		if (width)
			await page.setViewportSize({ width, height });
		const of = (how, yes, no) => how === undefined ? undefined : how ? yes : no;
		await page.emulateMedia({
			media: of(print, "print", "screen"),
			colorScheme: of(dark, "dark", "light"),
			forcedColors: of(forced, "active", "none"),
		});
	},
	async open({ url }) {
		const answer = await page.goto(url, { waitUntil: "load" });
		return { status: answer ? answer.status() : 0, headers: answer ? answer.headers() : {} };
	},
	async fill({ at, value }) { await page.fill(at, value); },
	// What a form of ours cannot hold (pages without scripts, too): set as is.
	async check({ at, on = true }) { await page.setChecked(at, on); },
	async upload({ at, file }) { await page.setInputFiles(at, file); },
	async choose({ at, value }) { await page.selectOption(at, value); },
	async press({ key }) { await page.keyboard.press(key); },
	// A key that leads to another page.
	async press_and_go({ key }) {
		await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press(key)]);
	},
	// With the mouse held down from one point to another: selects text.
	async drag({ from, to }) {
		await page.mouse.move(from[0], from[1]);
		await page.mouse.down();
		await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
		await page.mouse.move(to[0], to[1]);
		await page.mouse.up();
	},
	async click({ at }) {
		const [answer] = await Promise.all([
			page.waitForNavigation({ waitUntil: "load" }), page.click(at)]);
		return { status: answer ? answer.status() : 0 };
	},
	async text({ at = "main" }) { return page.innerText(at); },
	async value({ at }) { return page.inputValue(at); },
	// In a frame of ours.
	async frame_click({ at, link }) {
		await page.frameLocator(at).getByRole("link", { name: link }).click();
	},
	async frame_text({ at, waits }) {
		const main = page.frameLocator(at).locator("main");
		await main.filter({ hasText: waits }).waitFor();
		return main.innerText();
	},
	async attribute({ at, name }) { return page.getAttribute(at, name); },
	async count({ at }) { return page.locator(at).count(); },
	async focus() {
		return page.evaluate(() => document.activeElement && document.activeElement.id);
	},
	async where() { return { url: page.url(), title: await page.title() }; },
	async html() { return page.content(); },
	async run({ script }) { return page.evaluate(script); },
	// Wider than its window: a page that one must scroll sideways.
	async overflow() {
		return page.evaluate(() =>
			document.documentElement.scrollWidth - document.documentElement.clientWidth);
	},
	// What makes it so wide: the innermost of what reaches furthest, and is cut off by nothing.
	async widest() {
		return page.evaluate(() => {
			const cut = (one) => one !== document.body && one !== document.documentElement
				&& (getComputedStyle(one).overflowX !== "visible" || cut(one.parentElement));
			let far = innerWidth, found = null;
			for (const one of document.querySelectorAll("body *")) {
				const right = one.getBoundingClientRect().right;
				if (right >= far && right > innerWidth && one.checkVisibility()
					&& !cut(one.parentElement))
					[far, found] = [right, one];
			}
			return found ? found.outerHTML.slice(0, 100) : "nothing that is seen";
		});
	},
	// What nobody can use on paper, and is printed.
	async unprintable() {
		return page.evaluate(() => [...document.querySelectorAll("button, .button, nav, select,"
			+ " [type=submit], [type=search], [type=checkbox]")]
			.filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 2)
			.map((one) => `${one.localName} ${one.innerText.trim().slice(0, 40)}`));
	},
	// What is told from others of its kind by the colour of its ground alone: with forced
	// colours it looks like them.
	async told_by_colour({ kinds }) {
		const parts = ["Top", "Bottom", "Left"].map((side) => `border${side}Width`);
		return page.evaluate(([selector, edges]) => {
			const silent = (one) => {
				const style = getComputedStyle(one);
				return one.checkVisibility() && style.forcedColorAdjust !== "none"
					&& !one.innerText.trim() && !one.getAttribute("aria-label")
					&& style.textDecorationLine === "none"
					&& Number(style.fontWeight) <= 500
					&& edges.every((edge) => parseFloat(style[edge]) === 0);
			};
			return [...document.querySelectorAll(selector)].filter(silent)
				.map((one) => one.outerHTML.slice(0, 80));
		}, [kinds, parts]);
	},
	// How much of the window stays covered while somebody reads on: bars that stick or are fixed.
	async covered() {
		return page.evaluate(() => {
			const rows = new Set();
			for (const one of document.querySelectorAll("body *")) {
				const style = getComputedStyle(one);
				const box = one.getBoundingClientRect();
				const sticks = style.position === "sticky";
				if (one.closest("dialog, [role=dialog]"))
					continue; /* shuts by itself: nobody reads on beneath */
				if (!(sticks || style.position === "fixed") || !one.checkVisibility()
					|| box.width < innerWidth / 2)
					continue;
				let top = box.top;
				if (sticks && style.top !== "auto")
					top = parseFloat(style.top);
				else if (sticks && style.bottom !== "auto")
					top = innerHeight - parseFloat(style.bottom) - box.height;
				const end = Math.min(innerHeight, top + box.height);
				for (let y = Math.max(0, Math.round(top)); y < end; y++)
					rows.add(y);
			}
			return rows.size / innerHeight;
		});
	},
	// Words of what leads, names or acts that a narrow place breaks in two: "Consultation / s".
	async broken() {
		return page.evaluate(() => {
			const found = [];
			for (const one of document.querySelectorAll(
				"nav a, button, .button, dt, th, label, legend, summary")) {
				const place = one.getBoundingClientRect();
				if (!one.checkVisibility() || place.right < 20 || place.width < 20)
					continue; /* folded away, or for those who do not see */
				const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
				for (let text; (text = texts.nextNode());)
					for (const word of text.data.matchAll(/\p{L}{2,}/gu)) {
						const end = word.index + word[0].length;
						if (word[0].length > 24
							|| /@\S*$/.test(text.data.slice(0, end))
							|| /^\S*@/.test(text.data.slice(end)))
							continue; /* longer than what is read at once */
						const range = document.createRange();
						range.setStart(text, word.index);
						range.setEnd(text, end);
						const lines = new Set([...range.getClientRects()].map(
							(box) => Math.round(box.top)));
						if (lines.size > 1)
							found.push(`${word[0]} in ${one.localName}`);
					}
			}
			return found;
		});
	},
	// All of WCAG 2.2 AA, or only some rules.
	async axe({ rules }) {
		// By the debugger's way in, which no content security policy stands against.
		if (!await page.evaluate(() => Boolean(window.axe)))
			await page.evaluate(axeSource);
		// A node is told by its HTML, so no selector is looked for; style sheets are read only
		// by rules that are not among these.
		const found = await page.evaluate(
			(only) => window.axe.run(document, {
				runOnly: only, resultTypes: ["violations"], selectors: false,
				preload: { assets: ["media"] },
			}), rules || WCAG);
		return found.violations.map((v) => ({
			id: v.id, help: v.help,
			nodes: v.nodes.map((n) => n.html + " :: " + n.failureSummary),
		}));
	},
	async validate({ html }) {
		const { HtmlValidate } = tools("html-validate");
		if (!acts.validator)
			acts.validator = new HtmlValidate({
				root: true, extends: ["html-validate:standard"],
				rules: { "no-trailing-whitespace": "off" },
			});
		const report = await acts.validator.validateString(html);
		return report.results.flatMap((r) => r.messages.map(
			(m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
	},
	async shot({ file, full = true }) { await page.screenshot({ path: file, fullPage: full }); },
	// As it is printed: A4, without the colours that printers leave out.
	async pdf({ file }) { await page.pdf({ path: file, format: "A4" }); },
	async trouble() { const all = trouble; trouble = []; return all; },
	async loads() { const all = loads; loads = []; return all; },
	async end() { await closeContext(); },
};

// What a page is asked for may never come: where no script runs, no promise is kept.
function within(most, what, act) {
	let clock;
	const late = new Promise((resolve, reject) => {
		clock = setTimeout(() => reject(new Error(
			`${what} has not ended after ${most / 1000} s on ${page && page.url()}`)), most);
	});
	return Promise.race([act, late]).finally(() => clearTimeout(clock));
}

async function answer(line) {
	try {
		const request = JSON.parse(line);
		const result = await within(2 * LONGEST, request.do, acts[request.do](request));
		return { ok: result === undefined ? true : result };
	} catch (e) {
		return { error: String(e && e.message || e) };
	}
}

async function main() {
	for await (const line of readline.createInterface({ input: process.stdin }))
		process.stdout.write(JSON.stringify(await answer(line)) + "\n");
	await closeContext();
	if (browser)
		await browser.close();
}

main();
