#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   double pi=3.1415926535897932;
  }
#endif
// refused: double-literal at 5:14
