/* SPDX-License-Identifier: MIT */
/*
 * RSA (RFC 8017 A.1.1, RFC 5280 4.1.2.7) and ed25519 (RFC 8032) keys. Of RSA
 * keys only the structure is read: making an EVP_PKEY of them would take
 * a hundred times as long, and a batch reads millions.
 */
#include "mail/public_key.h"

#include "base/alloc.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <assert.h>
#include <string.h>

enum {
	MOST_OCTETS = 65536, /* of a key; no TXT record holds more */
};

/** What is left to be read; at is NULL once something was wrong. */
struct der {
	const unsigned char *at;
	long len;
};

/* The object identifier rsaEncryption, 1.2.840.113549.1.1.1. */
static const unsigned char RSA_OID[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D,
	0x01, 0x01, 0x01 };

/** Takes the next value off *from*; it must have the universal *tag*. */
static struct der
der_take(struct der *from, int tag)
{
	struct der inner = { 0 };
	long len = 0;
	int got = 0;
	int class = 0;
	const unsigned char *at = from->at;
	if (!from->at || from->len <= 0) {
		from->at = NULL;
		return inner;
	}
	const int how = ASN1_get_object(&at, &len, &got, &class, from->len);
	/* 0x80 is a fault, 0x01 a length that is not stated (not DER). */
	if ((how & 0x81) != 0 || got != tag || class != V_ASN1_UNIVERSAL) {
		from->at = NULL;
		return inner;
	}
	inner = (struct der){ .at = at, .len = len };
	from->len -= at + len - from->at;
	from->at = at + len;
	assert(from->len >= 0);
	return inner;
}

/** The bits of the INTEGER *number*; 0 if it is not positive. */
static unsigned
integer_bits(struct der number)
{
	while (number.len > 0 && *number.at == 0) {
		number.at++;
		number.len--;
	}
	if (number.len <= 0 || number.len > MOST_OCTETS) {
		return 0;
	}
	unsigned bits = (unsigned)(number.len - 1) * 8;
	for (unsigned first = *number.at; first > 0; first >>= 1) {
		bits++;
	}
	return bits;
}

/** RSAPublicKey: SEQUENCE { modulus, publicExponent }, and nothing more. */
static unsigned
rsa_public_key_bits(struct der from)
{
	struct der key = der_take(&from, V_ASN1_SEQUENCE);
	const struct der modulus = der_take(&key, V_ASN1_INTEGER);
	const struct der exponent = der_take(&key, V_ASN1_INTEGER);
	if (!from.at || from.len != 0 || !key.at || key.len != 0 ||
	    integer_bits(exponent) == 0) {
		return 0;
	}
	return integer_bits(modulus);
}

/** The RSAPublicKey in a SubjectPublicKeyInfo; at is NULL if it is none. */
static struct der
info_unwrap(struct der from)
{
	const struct der none = { 0 };
	struct der info = der_take(&from, V_ASN1_SEQUENCE);
	struct der algorithm = der_take(&info, V_ASN1_SEQUENCE);
	struct der bits = der_take(&info, V_ASN1_BIT_STRING);
	const struct der oid = der_take(&algorithm, V_ASN1_OBJECT);
	if (!from.at || from.len != 0 || !info.at || info.len != 0 || !oid.at ||
	    oid.len != sizeof(RSA_OID) ||
	    memcmp(oid.at, RSA_OID, sizeof(RSA_OID)) != 0) {
		return none;
	}
	/* The first octet tells how many bits of the last are not used. */
	if (bits.len < 1 || *bits.at != 0) {
		return none;
	}
	bits.at++;
	bits.len--;
	return bits;
}

unsigned
rsa_key_bits(struct str der)
{
	const struct der whole = {
		.at = (const unsigned char *)der.at,
		.len = (long)der.len,
	};
	if (der.len > MOST_OCTETS) {
		return 0;
	}
	const struct der inner = info_unwrap(whole);
	const unsigned bits = rsa_public_key_bits(inner.at ? inner : whole);
	ERR_clear_error();
	return bits;
}

bool
is_ed25519_key(struct str octets)
{
	alloc_reserve(ALLOC_FOR_LIBRARY);
	EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL,
	    (const unsigned char *)octets.at, octets.len);
	const bool is = key != NULL;
	EVP_PKEY_free(key);
	ERR_clear_error();
	return is;
}

bool
der_is_cut(struct str der)
{
	const unsigned char *at = (const unsigned char *)der.at;
	/* A SEQUENCE with a length in one or two octets, as all keys have. */
	if (der.len < 4 || at[0] != 0x30) {
		return false;
	}
	if (at[1] == 0x82) {
		return der.len < 4 + ((size_t)at[2] << 8 | at[3]);
	}
	return at[1] == 0x81 && der.len < 3 + (size_t)at[2];
}
