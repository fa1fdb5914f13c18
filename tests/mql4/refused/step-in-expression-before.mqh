#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   int i=0;
   ++i;
  }
#endif
// refused: step-in-expression at 6:4
