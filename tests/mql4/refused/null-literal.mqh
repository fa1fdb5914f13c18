#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
bool F(const string text)
  {
   return(text==NULL);
  }
#endif
// refused: null-literal at 5:17
