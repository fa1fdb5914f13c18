#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   int a[2][2];
  }
#endif
// refused: outside-subset at 5:12
