/* SPDX-License-Identifier: MIT */
/* Domains as people write them. */
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "dns/domain.h"
#include "dns/idn.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

static struct arena *arena;

static void
setup(void)
{
	arena = arena_new();
}

static void
teardown(void)
{
	arena_free(&arena);
}

TestSuite(domain, .init = setup, .fini = teardown);

static void
expect_read(const char *text, const char *want)
{
	struct domain domain;
	struct err err = { 0 };
	cr_expect(domain_read(arena, str_of(text), &domain, &err), "%s: %s",
	    text, err.text);
	if (err.code != ERR_NONE) {
		return;
	}
	const struct str got = name_text(arena, domain.name);
	cr_expect(eq(str, (char *)str_z(arena, got), (char *)want), "%s", text);
	const bool differs = strcmp(text, want) != 0;
	cr_expect(
	    eq(sz, domain.input.len, differs ? strlen(text) : 0), "%s", text);
}

static void
expect_refused(const char *text, const char *what)
{
	struct domain domain;
	struct err err = { 0 };
	cr_expect(
	    not(domain_read(arena, str_of(text), &domain, &err)), "%s", text);
	cr_expect(eq(int, (int)err.code, ERR_DOMAIN), "%s", text);
	cr_expect(strstr(err.text, what) != NULL, "%s: %s", text, err.text);
}

Test(domain, is_found_in_what_people_write)
{
	static const char *const inputs[] = { "example.com", "example.com.",
		"EXAMPLE.com", "  example.com ", "https://Example.COM/x",
		"http://example.com:8080/a/b?c@d#e", "example.com/path",
		"https://me:pw@example.com/", "you@example.com",
		"mailto:you@example.com?subject=x", "You <you@example.com>",
		"*.example.com", "example.com:443", "example.com?x" };
	for (size_t i = 0; i < sizeof(inputs) / sizeof(*inputs); i++) {
		expect_read(inputs[i], "example.com");
	}
	expect_read("a-1.b--c.Example.CO.UK", "a-1.b--c.example.co.uk");
	expect_read("xn--bcher-kva.example", "xn--bcher-kva.example");
}

Test(domain, with_letters_beyond_ascii_gets_its_a_labels)
{
#ifdef HAVE_IDN2
	expect_read("b\xc3\xbc"
		    "cher.example",
	    "xn--bcher-kva.example");
	expect_read("B\xc3\x9c"
		    "CHER.example",
	    "xn--bcher-kva.example");
	expect_read("fa\xc3\x9f.example", "xn--fa-hia.example");
	expect_read("you@b\xc3\xbc"
		    "cher.example",
	    "xn--bcher-kva.example");
	expect_refused("b\xfc"
		       "cher.example",
	    "internationalised");
	expect_refused("a\xe2\x80\xae"
		       "b.example",
	    "internationalised");
#else
	expect_refused("b\xc3\xbc"
		       "cher.example",
	    "without libidn2");
#endif
}

Test(domain, that_is_an_address_is_refused)
{
	static const char *const inputs[] = { "192.0.2.1", "::1", "2001:db8::1",
		"[2001:db8::1]:53", "you@[192.0.2.1]", "http://192.0.2.1/x",
		"192.0.2.1:53" };
	for (size_t i = 0; i < sizeof(inputs) / sizeof(*inputs); i++) {
		expect_refused(inputs[i], "IP address");
	}
}

Test(domain, that_is_nobodys_is_refused)
{
	expect_refused("localhost", "one label");
	expect_refused("com", "one label");
#ifdef HAVE_PSL
	expect_refused("co.uk", "public suffix");
	expect_refused("you@co.uk", "public suffix");
#endif
	expect_read("github.io", "github.io");
}

Test(domain, that_cannot_be_is_refused)
{
	static const struct {
		const char *text;
		const char *what;
	} rows[] = {
		{ "", "is empty" },
		{ " ", "is empty" },
		{ ".", "is no domain" },
		{ "a..example.com", "empty label" },
		{ ".example.com", "empty label" },
		{ "exa mple.com", "blank" },
		{ "-a.example.com", "hyphen" },
		{ "a-.example.com", "hyphen" },
		{ "a_b.example.com", "underscore" },
		{ "a,b.example.com", "character" },
		{ "a\x1b[31m.example.com", "character" },
		{ "example.com:x", "character" },
		{ "1.2.3", "number" },
		{ "300.1.1.1", "number" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_refused(rows[i].text, rows[i].what);
	}
}

Test(domain, that_is_too_long_is_refused_in_a_short_message)
{
	char text[4096];
	struct domain domain;
	struct err err = { 0 };
	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	expect_refused(text, "more than 63");
	for (size_t i = 50; i < sizeof(text) - 1; i += 50) {
		text[i] = '.';
	}
	expect_refused(text, "longer than");
	text[204] = '\0';
	cr_expect(not(domain_read(arena, str_of(text), &domain, &err)));
	cr_expect(strstr(err.text, "no DKIM record fits") != NULL);
	cr_expect(lt(sz, strlen(err.text), 200));
}

Test(domain, of_a_record_is_hinted_at)
{
	struct domain domain;
	struct err err = { 0 };
	cr_expect(not(domain_read(
	    arena, STR("t._domainkey.example.com"), &domain, &err)));
	cr_expect(strstr(err.hint, ": example.com") != NULL, "%s", err.hint);
}

Test(domain, name_of_a_record_may_have_underscores)
{
	struct domain domain;
	struct err err = { 0 };
	const struct str text = STR("T._domainkey.Example.com");
	cr_assert(domain_read_name(arena, text, &domain, &err), "%s", err.text);
	cr_expect(str_eq(
	    name_text(arena, domain.name), STR("t._domainkey.example.com")));
	cr_expect(str_eq(domain.input, text));
}
