/* What makes them, and within which limits; see rendered.h. */
#include "render/rendered.h"

struct rendering rendering_usual(const char *folder)
{
	enum { MB = 1 << 20, CPU_S = 120, WALL_MS = 180000 };

	return (struct rendering){
		.weasyprint = MERCAT_WEASYPRINT,
		.pandoc = MERCAT_PANDOC,
		.rsvg_convert = MERCAT_RSVG_CONVERT,
		.folder = folder,
		.pdf_bytes = (size_t)2048 * MB,
		/* Its runtime takes much more address space than memory. */
		.word_bytes = (size_t)4096 * MB,
		.workbook_bytes = (size_t)1024 * MB,
		.cpu_s = CPU_S,
		.wall_ms = WALL_MS,
	};
}
