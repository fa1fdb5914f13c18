#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   int aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=0;
  }
#endif
// refused: identifier-length at 5:8
