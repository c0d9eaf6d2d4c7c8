#!/usr/bin/env node
/*
 * shots - pictures of pages, to be looked at by people.
 *
 *	MERCAT_BROWSER=build/browser node tests/browser/shots.js FOLDER URL NAME=PATH ...
 *
 * Each page is shown wide (1280) and narrow (360), light and dark, as FOLDER/NAME-WIDTH.png
 * and FOLDER/NAME-WIDTH-dark.png. "NAME=+PATH" opens every <details> first. A PATH that
 * begins with "POST:" sends the form of that page empty, for what its mistakes look like.
 */
"use strict";
const path = require("path");
const { createRequire } = require("module");

const tools = createRequire(path.join(process.env.MERCAT_BROWSER, "node_modules") + path.sep);
const { chromium } = tools("playwright-core");

async function show(page, folder, origin, name, place) {
	const open = place.startsWith("+"), post = place.startsWith("POST:");

	place = place.replace(/^(\+|POST:)/, "");
	await page.goto(origin + place, { waitUntil: "load" });
	if (open)
		await page.evaluate(() => {
			for (const d of document.querySelectorAll("details"))
				d.open = true;
		});
	if (post)
		await Promise.all([page.waitForNavigation(), page.click("main form button")]);
	for (const width of [1280, 360])
		for (const dark of [false, true]) {
			await page.setViewportSize({ width, height: 900 });
			await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
			await page.screenshot({
				path: path.join(folder, `${name}-${width}${dark ? "-dark" : ""}.png`),
				fullPage: true,
			});
		}
}

async function main() {
	const [folder, origin, ...places] = process.argv.slice(2);
	const browser = await chromium.launch({
		executablePath: process.env.MERCAT_CHROMIUM || "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync"],
	});
	const page = await browser.newPage({ locale: "en-GB" });

	for (const place of places) {
		const at = place.indexOf("=");
		await show(page, folder, origin, place.slice(0, at), place.slice(at + 1));
	}
	await browser.close();
}

main();
