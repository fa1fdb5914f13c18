#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   static int count=0;
  }
#endif
// refused: static-member at 5:4
