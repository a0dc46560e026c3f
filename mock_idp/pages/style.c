/* The one style sheet of the pages: one column, one card, light and dark. */
#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>

#include "mock_idp/pages/style.h"

const char *const style_sheet[] = {
	":root{color-scheme:light dark;--page:#eef1f6;--card:#fff;--text:#1a2233;--soft:#566178;"
	"--line:#d5dbe6;--field:#fff;--edge:#838da0;--main:#1f4fd1;--main-text:#fff;"
	"--main-over:#173fa9;--tint:#f3f6fb;--bad:#a3182a;--bad-tint:#fdecee;--good:#14683a;"
	"--good-tint:#e7f6ed;--warn:#ffd863;--warn-text:#332600;--shade:0 1px 2px #1a22330f,"
	"0 12px 32px -12px #1a223333}\n",
	"@media(prefers-color-scheme:dark){:root{--page:#0f131b;--card:#191f2b;--text:#e8ecf4;"
	"--soft:#a3aec2;--line:#303a4d;--field:#10151e;--edge:#6b778f;--main:#8fb2ff;"
	"--main-text:#0a1735;--main-over:#b0c8ff;--tint:#212938;--bad:#ff9aa6;--bad-tint:#3a1c22;"
	"--good:#7fdca5;--good-tint:#16301f;--warn:#e6b93a;--warn-text:#241b00;"
	"--shade:0 12px 32px -12px #000c}}\n",
	"*{box-sizing:border-box}\n",
	"html{-webkit-text-size-adjust:100%}\n",
	"body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--page);"
	"color:var(--text);font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,"
	"\"Noto Sans\",\"Liberation Sans\",sans-serif}\n",
	".banner{margin:0;padding:.625rem 1rem;background:var(--warn);color:var(--warn-text);"
	"text-align:center;font-size:.9375rem;line-height:1.4}\n",
	"main{width:100%;max-width:27rem;margin:auto;padding:1.5rem 1rem 2rem}\n",
	".brand{display:flex;align-items:center;justify-content:center;gap:.625rem;margin:0 0 "
	"1.25rem;"
	"font-weight:600;color:var(--soft)}\n",
	".brand img{display:block;width:32px;height:32px}\n",
	".card{background:var(--card);border:1px solid var(--line);border-radius:16px;"
	"box-shadow:var(--shade);padding:1.75rem 1.5rem}\n",
	"h1{margin:0 0 .375rem;font-size:1.5rem;line-height:1.25;letter-spacing:-.01em;"
	"text-wrap:balance}\n",
	"p{margin:0 0 1rem}\n",
	".soft{color:var(--soft)}\n",
	"b,.who{font-weight:600;overflow-wrap:anywhere}\n",
	"label{display:block;margin:1rem 0 .375rem;font-weight:600}\n",
	"input{display:block;width:100%;min-height:48px;padding:.625rem .875rem;font:inherit;"
	"color:inherit;background:var(--field);border:1px solid var(--edge);border-radius:10px}\n",
	"input.code{font:600 1.25rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"
	"\"Liberation Mono\",monospace;letter-spacing:.14em}\n",
	".hint{margin:.375rem 0 0;font-size:.9375rem;color:var(--soft)}\n",
	"button{display:block;width:100%;min-height:48px;padding:.625rem 1rem;font:inherit;"
	"font-weight:600;border:1px solid var(--edge);border-radius:10px;background:transparent;"
	"color:inherit;cursor:pointer}\n",
	"button:hover{background:var(--tint)}\n",
	".main{background:var(--main);border-color:var(--main);color:var(--main-text)}\n",
	".main:hover{background:var(--main-over);border-color:var(--main-over)}\n",
	".single{margin-top:1.5rem}\n",
	".pair{display:grid;gap:.75rem;margin-top:1.5rem}\n",
	"@media(min-width:26rem){.pair{grid-template-columns:1fr 1fr}.card{padding:2rem}}\n",
	":focus-visible{outline:3px solid var(--main);outline-offset:2px}\n",
	".tell{margin:1.25rem 0 0;padding:.75rem 1rem;border-radius:10px;background:var(--tint);"
	"color:var(--soft);font-size:.9375rem}\n",
	".wrong{margin:1rem 0 0;padding:.75rem 1rem;border-radius:10px;background:var(--bad-tint);"
	"color:var(--bad);border-left:4px solid}\n",
	".big{margin:1.25rem 0;padding:.875rem 1rem;border-radius:12px;background:var(--tint);"
	"text-align:center}\n",
	".big span{display:block;font-size:.9375rem;color:var(--soft)}\n",
	".big code{font:600 1.75rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"
	"\"Liberation Mono\",monospace;letter-spacing:.14em;margin-right:-.14em;"
	"overflow-wrap:anywhere}\n",
	"h2{margin:1.25rem 0 .25rem;font-size:1rem}\n",
	"ul{list-style:none;margin:0;padding:0}\n",
	"li{display:flex;justify-content:space-between;gap:1rem;padding:.5rem 0;"
	"border-bottom:1px solid var(--line)}\n",
	"li:last-child{border-bottom:0}\n",
	"li code{font:.875rem/1.7 ui-monospace,SFMono-Regular,Menlo,Consolas,"
	"\"Liberation Mono\",monospace;color:var(--soft);overflow-wrap:anywhere}\n",
	".mark{display:flex;align-items:center;justify-content:center;width:64px;height:64px;"
	"margin:0 auto 1rem;border-radius:50%;font-size:2rem;line-height:1;font-weight:700}\n",
	".yes{background:var(--good-tint);color:var(--good)}\n",
	".no{background:var(--bad-tint);color:var(--bad)}\n",
	".result{text-align:center}\n",
	".result p:last-child{margin-bottom:0}\n",
	".person{display:flex;align-items:center;justify-content:space-between;gap:1rem;"
	"margin:1rem .25rem 0;font-size:.9375rem;color:var(--soft)}\n",
	".person p{margin:0}\n",
	".person button{width:auto;min-height:44px;padding:.5rem .875rem;border-color:transparent;"
	"color:var(--main)}\n",
	"@media(prefers-reduced-motion:no-preference){button{transition:background-color .12s}}\n",
	NULL,
};

void
style_source(char out[STYLE_SOURCE_SIZE])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char md[EVP_MAX_MD_SIZE] = { 0 }, text[48];
	unsigned int n = 0;
	bool ok = ctx != NULL && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1;

	for (size_t i = 0; style_sheet[i] != NULL && ok; i++)
		ok = EVP_DigestUpdate(ctx, style_sheet[i], strlen(style_sheet[i])) == 1;
	if (ok)
		(void)EVP_DigestFinal_ex(ctx, md, &n);
	EVP_MD_CTX_free(ctx);
	(void)EVP_EncodeBlock(text, md, 32);
	(void)snprintf(out, STYLE_SOURCE_SIZE, "'sha256-%.44s'", (const char *)text);
}
