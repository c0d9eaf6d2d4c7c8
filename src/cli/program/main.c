#include "cli/program/program.h"

int main(int argc, char **argv)
{
	return cli_main(argc, (const char **)argv);
}
