#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(void)
  {
   return 1;
  }
#endif
// refused: return-parentheses at 5:11
