#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   long limit=9223372036854775807;
  }
#endif
// refused: integer-literal at 5:15
