#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(void)
  {
   return;
  }
#endif
// refused: return-value at 5:4
