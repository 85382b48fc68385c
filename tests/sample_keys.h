/* SPDX-License-Identifier: MIT */
/* clang-format off */
/* Public keys made for tests, as base64; nobody has their other halves. */
#ifndef TESTS_SAMPLE_KEYS_H
#define TESTS_SAMPLE_KEYS_H

#define KEY_RSA_512 \
	"MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALjoJ1m3kP+vQluss/rrKkFSzHhF5gyg" \
	"9egE9X/4nffyqZL7NZ1+xOpxr46VmIfCsmoqSBcIzuTkAvOfsDEfy90CAwEAAQ=="
#define KEY_RSA_1024_BEGIN \
	"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCyH28HVJtjszlRExWGvamE/vp/" \
	"Zj9nhkRq72gmYSqQxbH3TNjyiIE3xIN/X4n8yxJqavX1oB7e6MDov0XuIOPwo2ii"
#define KEY_RSA_1024_END \
	"aQR3lEkUd4yPOeD+j+//9OFXIH3U9p7xHhd/uB+7TNR2E/XaE671l8N56XSlvQAV" \
	"jxrt1r27KnU1q1XG6QIDAQAB"
#define KEY_RSA_1024 KEY_RSA_1024_BEGIN KEY_RSA_1024_END
#define KEY_RSA_2048 \
	"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAo6TfTp2ro8u/ywZb0Cce" \
	"znnN6XBDSmNyTMCFcq/FRZ0TyxAjHw1UmEWbxj8Fq4awXMgk+upAoiNF6WdMELvI" \
	"qDb7Kr7rPDH5YHJDwzKKM0XO3ShzhMu+2u/awggTyCgsPQzvwgsdrhHq28C2LA9d" \
	"qDDWTtdsLmA3b7A/9qpqIPfeUVz19Jp1rlzs4Vi7n1c4DMr1UZgSdy9VH0GQ3QJD" \
	"7D7sGhpoPEDMcS2xeOej/25p88ypHAr3o8VFjmJOMd4cVALXH36Fro4LQAjU6nXF" \
	"Uv51u0ZXrhgY6MRo5aXRftI5sEk2C0On2fK8UN/l+iBKhnAFZ7CnzE4FWtqkvlZk" \
	"1wIDAQAB"
/* RSAPublicKey, without the SubjectPublicKeyInfo around it. */
#define KEY_RSA_1024_BARE \
	"MIGJAoGBAL1DqhNs/PrqUak7zHPPsjOM0JlDtAcm2bYSSdsHcW641hFzYCupEUdM" \
	"neL1r8PeqxN/GyyoWGkeUKVt+LJ1PWEqi+Ljxlo0UoxOpaskWBCHqlkoMzsrJq/5" \
	"MPhPoZJW+lxCMIsZxIG9UDJ+GuS/88gQkDg9yOMRv9ybEJupxdSrAgMBAAE="
#define KEY_ED25519 "Ct9+CRRXZ57TiX0Fa8D96JP9VG+mErg+kKA/50gi8No="
#define KEY_EC_256 \
	"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEmmSY548c2l3RD/TFjnbREYLlf/Sh" \
	"Emz69Ou/6TSPKhXsu2+rqM3oruyUVSNxqC4ZZxAK3fIZ5YbwDDohgBBbIA=="

#endif
