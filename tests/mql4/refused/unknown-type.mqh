#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   CMissing thing;
  }
#endif
// refused: unknown-type at 5:4
