#include "tests/unit/acts_house.h"
int main(void)
{
	return unit_main(suite_create("empty"));
}
