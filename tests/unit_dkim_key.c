/* SPDX-License-Identifier: MIT */
/* The text of a DKIM key record. */
#include "mail/dkim_key.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mail/base64.h"
#include "mail/public_key.h"
#include "sample_keys.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

static struct arena *arena;

static void
open_arena(void)
{
	arena = arena_new();
}

static void
close_arena(void)
{
	arena_free(&arena);
}

TestSuite(dkim_key, .init = open_arena, .fini = close_arena);

static const struct dkim_key *
parse(const char *text)
{
	return dkim_key_parse(arena, str_of(text));
}

/** "bits type usable remark..." of the record *text*. */
static void
expect_key(const char *text, const char *want)
{
	const struct dkim_key *key = parse(text);
	struct buf got = buf_new(arena);
	buf_addf(&got, "%u %.*s %s", key->bits, STR_ARG(key->type_text),
	    key->usable ? "usable" : "useless");
	const struct dkim_remark *remark;
	vec_foreach(remark, &key->remarks) {
		buf_addf(&got, " %s", dkim_problem_word(remark->problem));
	}
	cr_expect(str_eq(buf_str(&got), str_of(want)), "%s: %s, not %s", text,
	    got.at, want);
}

Test(dkim_key, needs_nothing_but_p)
{
	expect_key("p=" KEY_RSA_2048, "2048 rsa usable");
	expect_key("p=" KEY_RSA_2048 ";", "2048 rsa usable");
	expect_key(" p = " KEY_RSA_2048 " ; ", "2048 rsa usable");
}

Test(dkim_key, takes_a_full_record)
{
	expect_key("v=DKIM1; k=rsa; h=sha256; s=email; t=s; n=a note; "
		   "p=" KEY_RSA_2048,
	    "2048 rsa usable");
	expect_key("v=DKIM1; p=" KEY_RSA_2048 "; k=rsa; h=sha1:sha256; s=*",
	    "2048 rsa usable");
}

Test(dkim_key, allows_blanks_inside_the_base64)
{
	expect_key(
	    "p=" KEY_RSA_1024 " \t\r\n ;k=rsa", "1024 rsa usable key-short");
	expect_key("k=ed25519; p=Ct9+CRRX Z57TiX0Fa8D96JP9VG+mErg+ "
		   "kKA/50gi8No =",
	    "256 ed25519 usable");
}

/* RFC 8301 3.2 */
Test(dkim_key, judges_the_length_of_rsa_keys)
{
	expect_key("p=" KEY_RSA_512, "512 rsa useless key-weak");
	expect_key("p=" KEY_RSA_1024, "1024 rsa usable key-short");
	expect_key("p=" KEY_RSA_1024_BARE, "1024 rsa usable key-short");
}

/* RFC 8463 4.2 */
Test(dkim_key, reads_ed25519_keys)
{
	expect_key("k=ed25519; p=" KEY_ED25519, "256 ed25519 usable");
	expect_key("p=" KEY_ED25519 "; k=ed25519", "256 ed25519 usable");
	expect_key(
	    "k=ed25519; p=" KEY_RSA_1024, "0 ed25519 useless key-length");
	expect_key("p=" KEY_ED25519, "0 rsa useless key-unreadable");
}

Test(dkim_key, says_why_a_key_is_of_no_use)
{
	static const char *const rows[][2] = {
		{ "p=", "0 rsa useless key-revoked" },
		{ "v=DKIM1; k=rsa; p= ;", "0 rsa useless key-revoked" },
		{ "", "0 rsa useless key-missing" },
		{ "v=DKIM1; k=rsa", "0 rsa useless key-missing" },
		{ "P=" KEY_RSA_2048, "0 rsa useless unknown-tag key-missing" },
		{ "v=DKIM2; p=" KEY_RSA_2048, "2048 rsa useless version" },
		{ "v=dkim1; p=" KEY_RSA_2048, "2048 rsa useless version" },
		{ "p=" KEY_RSA_2048 "; v=DKIM1", "2048 rsa useless version" },
		{ "h=sha1; p=" KEY_RSA_2048, "2048 rsa useless hashes" },
		{ "s=tlsrpt; p=" KEY_RSA_2048, "2048 rsa useless services" },
		{ "k=dsa; p=" KEY_RSA_2048, "0 dsa useless key-type" },
		{ "p=" KEY_EC_256, "0 rsa useless key-unreadable" },
		{ "p=-----BEGIN PUBLIC KEY-----" KEY_RSA_1024,
		    "0 rsa useless key-pem" },
		{ "p=\"" KEY_RSA_1024 "\"", "0 rsa useless key-base64" },
		{ "p=MIGf_A0G", "0 rsa useless key-base64" },
		{ "p=MIGf===A", "0 rsa useless key-base64" },
		{ "p=hello", "0 rsa useless key-cut" },
		{ "p=aGVsbG8=", "0 rsa useless key-unreadable" },
		{ "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCyH28H",
		    "0 rsa useless key-cut" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_key(rows[i][0], rows[i][1]);
	}
}

Test(dkim_key, holds_to_the_grammar_of_the_list)
{
	static const char *const rows[][2] = {
		{ "p=" KEY_RSA_2048 ";;", "2048 rsa useless empty-tag" },
		{ "rsa; p=" KEY_RSA_2048, "2048 rsa useless no-equals" },
		{ "=x; p=" KEY_RSA_2048, "2048 rsa useless no-tag-name" },
		{ "a-b=x; p=" KEY_RSA_2048, "2048 rsa useless bad-tag-name" },
		{ "n=\xc3\xa4; p=" KEY_RSA_2048,
		    "2048 rsa useless bad-character" },
		{ "t=y; t=s; p=" KEY_RSA_2048,
		    "2048 rsa useless repeated-tag testing" },
		{ "x=y; p=" KEY_RSA_2048, "2048 rsa usable unknown-tag" },
		{ "t=y:s; p=" KEY_RSA_2048, "2048 rsa usable testing" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_key(rows[i][0], rows[i][1]);
	}
}

Test(dkim_key, tells_words_and_flags)
{
	const struct dkim_key *key =
	    parse("h=sha1 : sha256; s=email:other; t=y:s; p=" KEY_RSA_2048);
	cr_assert(eq(sz, key->hashes.len, 2));
	cr_expect(str_eq(key->hashes.at[1], STR("sha256")));
	cr_assert(eq(sz, key->services.len, 2));
	cr_expect(str_eq(key->services.at[0], STR("email")));
	cr_assert(eq(sz, key->flags.len, 2));
	cr_expect(key->testing);
}

Test(dkim_key, knows_the_same_key_in_another_record)
{
	const struct dkim_key *bare = parse("p=" KEY_RSA_1024);
	const struct dkim_key *full = parse("v=DKIM1;k=rsa; p=" KEY_RSA_1024);
	const struct dkim_key *other = parse("p=" KEY_RSA_2048);
	cr_expect(dkim_key_same(bare, full));
	cr_expect(not(dkim_key_same(bare, other)));
	cr_expect(not(dkim_key_same(parse("p="), parse("p="))));
}

Test(dkim_key, takes_no_other_text_for_a_key)
{
	static const char *const texts[] = { "", "hello",
		"abc.dkim.amazonses.com", "v=spf1 -all",
		"some-verification=abc" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		cr_expect(not(parse(texts[i])->meant), "%s", texts[i]);
		cr_expect(not(parse(texts[i])->usable), "%s", texts[i]);
	}
	cr_expect(parse("v=DKIM1")->meant);
	cr_expect(parse("p=")->meant);
}

/** A fresh RSA key of *bits* as DER; *length* is what libcrypto says. */
static struct str
fresh_key(unsigned bits)
{
	EVP_PKEY *key = EVP_RSA_gen(bits);
	unsigned char *der = NULL;
	const int len = i2d_PUBKEY(key, &der);
	cr_assert(gt(int, len, 0));
	const struct str copy = str_copy(
	    arena, (struct str){ .at = (char *)der, .len = (size_t)len });
	OPENSSL_free(der);
	EVP_PKEY_free(key);
	return copy;
}

Test(dkim_key, counts_the_bits_that_libcrypto_makes)
{
	static const unsigned bits[] = { 512, 768, 1023, 1024, 1025 };
	for (size_t i = 0; i < sizeof(bits) / sizeof(*bits); i++) {
		const struct str der = fresh_key(bits[i]);
		cr_expect(eq(uint, rsa_key_bits(der), bits[i]));
	}
}

Test(dkim_key, reads_no_key_out_of_a_damaged_one)
{
	const struct str der = fresh_key(512);
	for (size_t len = 0; len < der.len; len++) {
		const struct str cut = str_slice(der, 0, len);
		cr_expect(eq(uint, rsa_key_bits(cut), 0), "%zu", len);
	}
	struct buf longer = buf_new(arena);
	buf_add(&longer, der);
	buf_addc(&longer, 'x'); /* one byte too many */
	cr_expect(eq(uint, rsa_key_bits(buf_str(&longer)), 0));
}

Test(base64, reads_what_rfc_4648_shows)
{
	static const char *const rows[][2] = { { "", "" }, { "Zg==", "f" },
		{ "Zm8=", "fo" }, { "Zm9v", "foo" }, { "Zm9vYg==", "foob" },
		{ "Zm9vYmE=", "fooba" }, { "Zm 9v\tYm\r\nFy", "foobar" } };
	struct arena *own = arena_new();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str bytes;
		size_t at;
		const enum base64_fault fault =
		    base64_read(own, str_of(rows[i][0]), &bytes, &at);
		cr_expect(eq(int, (int)fault, BASE64_SOUND), "%s", rows[i][0]);
		cr_expect(str_eq(bytes, str_of(rows[i][1])), "%s", rows[i][0]);
	}
	arena_free(&own);
}

Test(base64, says_where_it_is_none)
{
	static const struct {
		const char *text;
		enum base64_fault fault;
		size_t at;
	} rows[] = {
		{ "Zm9v!", BASE64_CHARACTER, 4 },
		{ "Z-9v", BASE64_CHARACTER, 1 },
		{ "Zg==Zg==", BASE64_CHARACTER, 2 },
		{ "Zg===", BASE64_CHARACTER, 2 },
		{ "Zm9vY", BASE64_CUT, 5 },
		{ "Zm9vYg", BASE64_CUT, 6 },
	};
	struct arena *own = arena_new();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str bytes;
		size_t at;
		const enum base64_fault fault =
		    base64_read(own, str_of(rows[i].text), &bytes, &at);
		cr_expect(eq(int, (int)fault, (int)rows[i].fault), "%s",
		    rows[i].text);
		cr_expect(eq(sz, at, rows[i].at), "%s", rows[i].text);
	}
	arena_free(&own);
}

Test(dkim_key, a_very_long_record_is_read_in_bounds)
{
	struct buf to = buf_new(arena);
	while (to.len < 65000) {
		buf_adds(&to, "x=y;");
	}
	buf_adds(&to, "p=" KEY_RSA_1024);
	const struct dkim_key *key = dkim_key_parse(arena, buf_str(&to));
	cr_expect(not(key->usable));
	cr_expect(le(sz, key->remarks.len, DKIM_MAX_REMARKS));
}
