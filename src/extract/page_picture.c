#include "extract/page_picture.h"
#include "base/str.h"
#include "extract/extract_private.h"
#include "extract/picture_pdf.h"

#include <inttypes.h>
#include <sys/wait.h>

enum { MEMORY = 512 << 20, WALL_MS = 60000, NO_SUCH_PAGE = 99, PDF_ROOM = 4096 };
#ifdef MERCAT_SANITIZED /* the machine is busier then, and the program is not ours */
enum { CPU_S = 60 };
#else
enum { CPU_S = 20 };
#endif

static const char cannot[] = "it cannot be shown here as a picture: open the file itself";

/* What pdftoppm is to draw: the file, or a PDF around it. */
static bool as_pdf(const struct mail_attachment *file, struct buf *room,
		   struct mail_attachment *out, struct err *err)
{
	enum extract_kind kind =
		extract_kind_of(file->bytes, file->size, file->name, file->type);

	*out = *file;
	if (kind == EXTRACT_PDF)
		return true;
	if (kind != EXTRACT_PICTURE || !picture_pdf(file->bytes, file->size, room))
		return err_set(err, ERR_INPUT, "%s", cannot);
	out->bytes = buf_text(room);
	out->size = room->len;
	return true;
}

static bool is_png(const struct buf *b)
{
	static const char sign[] = "\x89PNG\r\n\x1a\n";

	return b->len > sizeof(sign) && memcmp(b->bytes, sign, sizeof(sign) - 1) == 0;
}

static bool take(struct arena *arena, const struct extract_answer *a,
		 struct page_picture *out, struct err *err)
{
	char *bytes;

	if (WIFEXITED(a->status) && WEXITSTATUS(a->status) == NO_SUCH_PAGE)
		return err_set(err, ERR_ABSENT, "there is no such page");
	if (!WIFEXITED(a->status) || WEXITSTATUS(a->status) || a->slow ||
	    buf_cut(&a->text) || !is_png(&a->text))
		return err_set(err, ERR_INPUT, "%s", cannot);
	bytes = arena_alloc(arena, a->text.len);
	memcpy(bytes, a->text.bytes, a->text.len);
	*out = (struct page_picture){bytes, a->text.len};
	return true;
}

bool page_picture_draw(struct extract *x, struct arena *arena,
		       const struct mail_attachment *file, int64_t page,
		       struct page_picture *out, struct err *err)
{
	AUTO(buf) room = buf_new(file->size + PDF_ROOM);
	const char *n = arena_printf(arena, "%" PRId64, page);
	const char *pixels = arena_printf(arena, "%d", PAGE_PICTURE_PIXELS);
	const char *const pdftoppm[] = {MERCAT_PDFTOPPM,
					"-png",
					"-scale-to",
					pixels,
					"-f",
					n,
					"-l",
					n,
					"-",
					NULL};
	struct extract_answer a = {0};
	struct mail_attachment pdf;
	bool ok;

	if (!as_pdf(file, room, &pdf, err))
		return false;
	if (pdf.bytes != file->bytes && page > 1)
		return err_set(err, ERR_ABSENT, "there is no such page");
	struct extract_job job = {.kind = EXTRACT_PICTURE,
				  .bytes = pdf.bytes,
				  .len = pdf.size,
				  .text_most = PAGE_PICTURE_BYTES,
				  .program_memory_bytes = MEMORY,
				  .cpu_s = CPU_S,
				  .wall_ms = WALL_MS,
				  .program = pdftoppm};

	ok = extract_ask(x, &job, &a, err) && take(arena, &a, out, err);
	extract_answer_clear(&a);
	return ok;
}
